-- The remaining views of audit_api, see R__2_audit_api_alert_views.sql.

CREATE OR REPLACE VIEW audit_api.forecast_v1 AS
SELECT
    t.operator_id, t.as_of, t.reaches_low, t.reaches_mid, t.reaches_high, t.last_filing_day, t.method,
    t.withheld_reason
FROM audit.forecast t
WHERE NOT t.deleted;
COMMENT ON VIEW audit_api.forecast_v1 IS 'When an operator may reach 100,000 persons, as of the newest whole day and of past ends of months; facts that came later than as_of by their own date are left out / 达到十万人的预测,含最新日与历次月末';
COMMENT ON COLUMN audit_api.forecast_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.forecast_v1.as_of IS 'Last legal day the forecast knows / 预测所据日期';
COMMENT ON COLUMN audit_api.forecast_v1.reaches_low IS 'Early end of the interval; empty: withheld / 预测区间起,空为不予预测';
COMMENT ON COLUMN audit_api.forecast_v1.reaches_mid IS 'Median: as likely earlier as later; empty: beyond the horizon / 中位日,空为超出预测范围';
COMMENT ON COLUMN audit_api.forecast_v1.reaches_high IS 'Late end of the interval; empty: beyond the horizon / 预测区间止,空为超出预测范围';
COMMENT ON COLUMN audit_api.forecast_v1.last_filing_day IS 'Legal due day of the filing if reached on reaches_low, the cautious end; provisional past the last holiday notice / 若于区间起日达到的最后备案日;超出已公布放假安排的为暂定';
COMMENT ON COLUMN audit_api.forecast_v1.method IS 'How it was made: version and terms / 方法及其参数';
COMMENT ON COLUMN audit_api.forecast_v1.withheld_reason IS 'source-unknown, already-reached, possibly-reached, inexact-counts, history-too-short, not-growing, beyond-horizon / 不予预测的原因';

CREATE OR REPLACE VIEW audit_api.image_finding_v1 AS
SELECT
    t.operator_id, t.system_id, t.record_key, t.cause, t.person_token, t.stored_on_low, t.stored_on_high,
    t.due_on, t.verdict, t.cleared_at
FROM audit.image_finding t
WHERE NOT t.deleted;
COMMENT ON VIEW audit_api.image_finding_v1 IS 'Raw images stored past the day they became due, one row per record and cause: of an image that came back under the key of one that was cleared, the newest; whether a registered exception covers it stands in the alert / 逾期保存的原始图像,按记录和原因各一行;以同一记录键重新存入的,为最近一次;是否由登记的例外涵盖,见警报';
COMMENT ON COLUMN audit_api.image_finding_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.image_finding_v1.system_id IS 'System / 系统标识';
COMMENT ON COLUMN audit_api.image_finding_v1.record_key IS 'Hash or key of the record, no content / 记录键';
COMMENT ON COLUMN audit_api.image_finding_v1.cause IS 'Why it was due: period-ended, purpose-ended, consent-withdrawn, kept-after-verification, after-termination / 到期原因';
COMMENT ON COLUMN audit_api.image_finding_v1.person_token IS 'Keyed token of the person, when known / 个人令牌';
COMMENT ON COLUMN audit_api.image_finding_v1.stored_on_low IS 'Stored on this day at the earliest / 最早存储日';
COMMENT ON COLUMN audit_api.image_finding_v1.stored_on_high IS 'Stored on this day at the latest / 最晚存储日';
COMMENT ON COLUMN audit_api.image_finding_v1.due_on IS 'Day by which it was due for deletion; while a registered exception covers it, the last day of that / 应删除日;有登记的例外涵盖时,为例外截止日';
COMMENT ON COLUMN audit_api.image_finding_v1.verdict IS 'VIOLATION, SUSPECTED or WARNING; WARNING also while a registered exception has it kept / 判定;登记的例外涵盖期间为WARNING';
COMMENT ON COLUMN audit_api.image_finding_v1.cleared_at IS 'When it was deleted; empty: still stored / 清除时间,空为仍存储';

CREATE OR REPLACE VIEW audit_api.reconciliation_v1 AS
SELECT
    t.operator_id, t.system_id, t.log_position, t.rows_source, t.rows_here, t.persons_source, t.persons_here,
    t.checked_at
FROM registry.reconciliation t;
-- Nothing ever wrote to it.
DROP TABLE IF EXISTS audit.reconciliation;
COMMENT ON VIEW audit_api.reconciliation_v1 IS 'Counts in the source against counts here, at one log position / 来源与本库对账结果';
COMMENT ON COLUMN audit_api.reconciliation_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.reconciliation_v1.system_id IS 'System / 系统标识';
COMMENT ON COLUMN audit_api.reconciliation_v1.log_position IS 'Log position compared at / 日志位置';
COMMENT ON COLUMN audit_api.reconciliation_v1.rows_source IS 'Rows of the mapped tables in the source / 来源行数';
COMMENT ON COLUMN audit_api.reconciliation_v1.rows_here IS 'The same by what was captured / 采集记录所得行数';
COMMENT ON COLUMN audit_api.reconciliation_v1.persons_source IS 'Distinct persons whose faces the source stores / 来源人数';
COMMENT ON COLUMN audit_api.reconciliation_v1.persons_here IS 'The same by what was captured / 采集记录所得人数';
COMMENT ON COLUMN audit_api.reconciliation_v1.checked_at IS 'When it was compared / 对账时间';

CREATE OR REPLACE VIEW audit_api.rule_v1 AS
SELECT
    r.id AS rule_id, r.title_zh, r.title_en, r.article AS law_article,
    (SELECT string_agg('【' || cited.reference || '】' || a.text_zh
                       || CASE a.status WHEN 'P' THEN '(转述,非原文)' WHEN 'M' THEN '(凭记忆,非原文)' ELSE '' END,
                       E'\n' ORDER BY cited.place)
     FROM string_to_table(r.article, '; ') WITH ORDINALITY AS cited(reference, place)
     JOIN audit.cited_article a ON a.reference = cited.reference) AS clause_text_zh,
    r.needs, r.known_gaps
FROM registry.rule r;
COMMENT ON VIEW audit_api.rule_v1 IS 'The rules, the clauses they rest on and what they do not see / 规则、依据条文及其局限';
COMMENT ON COLUMN audit_api.rule_v1.rule_id IS 'Rule / 规则标识';
COMMENT ON COLUMN audit_api.rule_v1.title_zh IS 'Title in Chinese / 中文标题';
COMMENT ON COLUMN audit_api.rule_v1.title_en IS 'Title in English / 英文标题';
COMMENT ON COLUMN audit_api.rule_v1.law_article IS 'Articles / 依据条文';
COMMENT ON COLUMN audit_api.rule_v1.clause_text_zh IS 'Their wording; paraphrases and text from memory are marked / 条文内容,转述与凭记忆者已标注';
COMMENT ON COLUMN audit_api.rule_v1.needs IS 'Facts a source or the registry must deliver / 所需事实';
COMMENT ON COLUMN audit_api.rule_v1.known_gaps IS 'What the rule does not see / 已知局限';

CREATE OR REPLACE VIEW audit_api.parameter_v1 AS
SELECT DISTINCT ON (p.name, p.scope)
    p.name, p.scope, p.value, p.unit, p.valid_from, p.source
FROM registry.parameter p
CROSS JOIN audit.today
WHERE p.valid_from <= today.day
ORDER BY p.name, p.scope, p.valid_from DESC;
COMMENT ON VIEW audit_api.parameter_v1 IS 'Parameters valid today (Asia/Shanghai): the newest per name and scope / 今日有效的参数';
COMMENT ON COLUMN audit_api.parameter_v1.name IS '<rule_id>.<name> / 参数名';
COMMENT ON COLUMN audit_api.parameter_v1.scope IS '* or an operator id / 适用范围';
COMMENT ON COLUMN audit_api.parameter_v1.value IS 'Number or ISO date / 值';
COMMENT ON COLUMN audit_api.parameter_v1.unit IS 'Unit / 单位';
COMMENT ON COLUMN audit_api.parameter_v1.valid_from IS 'First legal day / 生效日';
COMMENT ON COLUMN audit_api.parameter_v1.source IS 'Where the value comes from / 来源';

CREATE OR REPLACE VIEW audit_api.calendar_v1 AS
SELECT
    d.day, d.kind, d.name, d.notice_id
FROM registry.calendar_day d
JOIN registry.calendar_notice n ON n.id = d.notice_id
WHERE n.active;
COMMENT ON VIEW audit_api.calendar_v1 IS 'Holidays and make-up working days of the notices in force / 有效放假通知中的放假日与调休上班日';
COMMENT ON COLUMN audit_api.calendar_v1.day IS 'Legal day / 日期';
COMMENT ON COLUMN audit_api.calendar_v1.kind IS 'HOLIDAY or WORKDAY / 放假或上班';
COMMENT ON COLUMN audit_api.calendar_v1.name IS 'Festival / 节日';
COMMENT ON COLUMN audit_api.calendar_v1.notice_id IS 'Notice / 通知标识';

CREATE OR REPLACE VIEW audit_api.reject_v1 AS
SELECT
    t.topic, t.partition, t."offset", t.reason, t.sha256, t.rejected_at
FROM audit.reject t;
COMMENT ON VIEW audit_api.reject_v1 IS 'Messages that could not be read, never their content / 被拒消息,不含内容';
COMMENT ON COLUMN audit_api.reject_v1.topic IS 'Kafka topic / 主题';
COMMENT ON COLUMN audit_api.reject_v1.partition IS 'Kafka partition / 分区';
COMMENT ON COLUMN audit_api.reject_v1."offset" IS 'Kafka offset / 位移';
COMMENT ON COLUMN audit_api.reject_v1.reason IS 'Why / 原因';
COMMENT ON COLUMN audit_api.reject_v1.sha256 IS 'Hash of the message / 消息摘要';
COMMENT ON COLUMN audit_api.reject_v1.rejected_at IS 'When / 拒收时间';

CREATE OR REPLACE VIEW audit_api.source_v1 AS
SELECT
    t.operator_id, t.system_id, t.state, t.known_through, t.changes, t.rejects, t.unmapped, t.last_change_at
FROM audit.source t
WHERE NOT t.deleted;
COMMENT ON VIEW audit_api.source_v1 IS 'Captured sources and how far each is known / 各来源状态及已知时点';
COMMENT ON COLUMN audit_api.source_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.source_v1.system_id IS 'System / 系统标识';
COMMENT ON COLUMN audit_api.source_v1.state IS 'State by evidence, not by the connector''s word / 依证据判断的状态';
COMMENT ON COLUMN audit_api.source_v1.known_through IS 'All changes up to here have been read / 已知至';
COMMENT ON COLUMN audit_api.source_v1.changes IS 'Changes read / 变更数';
COMMENT ON COLUMN audit_api.source_v1.rejects IS 'Changes rejected / 拒收数';
COMMENT ON COLUMN audit_api.source_v1.unmapped IS 'Changes no mapping names / 未映射数';
COMMENT ON COLUMN audit_api.source_v1.last_change_at IS 'Commit time of the last change / 最近变更时间';

CREATE OR REPLACE VIEW audit_api.mapping_change_v1 AS
SELECT
    t.operator_id, t.system_id, t.mapping_version, t.taken_at, t.topic, t.from_offset, t.read_anew, t.generation
FROM audit.mapping_change t;
COMMENT ON VIEW audit_api.mapping_change_v1 IS 'By which mapping each source is read, and since which position / 各来源映射变更及其生效位点';
COMMENT ON COLUMN audit_api.mapping_change_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.mapping_change_v1.system_id IS 'System / 系统标识';
COMMENT ON COLUMN audit_api.mapping_change_v1.mapping_version IS 'Hash of the mapping, as in alert_v1 / 映射版本';
COMMENT ON COLUMN audit_api.mapping_change_v1.taken_at IS 'When the job had taken it / 生效时间';
COMMENT ON COLUMN audit_api.mapping_change_v1.topic IS 'Topic of the source / 来源主题';
COMMENT ON COLUMN audit_api.mapping_change_v1.from_offset IS 'The first record that was not there when it was taken; 0 for the first mapping / 生效时的下一个位点';
COMMENT ON COLUMN audit_api.mapping_change_v1.read_anew IS 'Records before that position were read by it too / 此前记录是否按新映射重读';
COMMENT ON COLUMN audit_api.mapping_change_v1.generation IS 'Generation of alerts that began with it / 由此开始的代次';

CREATE OR REPLACE VIEW audit_api.unjudged_v1 AS
WITH counted AS (
    SELECT t.operator_id, t.system_id, t.subject, t.reason, sum(t.occurrences)::bigint AS occurrences,
           max(t.last_at) AS last_at
    FROM audit.unjudged t
    WHERE NOT t.deleted
    GROUP BY t.operator_id, t.system_id, t.subject, t.reason
    HAVING sum(t.occurrences) > 0
)
SELECT c.operator_id, c.system_id, c.subject, c.reason, c.occurrences, c.last_at, m.meaning_zh, m.meaning_en
FROM counted c
LEFT JOIN (VALUES
    ('absurd-birth', 'a birth that lies after the consent or too long ago: no age follows',
     '出生日期晚于同意或早得不可能,不据以计算年龄'),
    ('absurd-count', 'a number of persons that is none: nothing is compared with it',
     '不成其为人数的数字,不与之比较'),
    ('another-biometric', 'other biometrics beside a face and nothing else: another method by law, and whether it is proportionate no rule judges',
     '除人脸外仅有其他生物识别方式:依法属非人脸识别方式,是否合比例不予判定'),
    ('attempt-at-unknown-point', 'attempts at a point that the source configures nowhere: not judged until it does',
     '在来源未配置的验证点上的尝试,配置出现前不予判定'),
    ('before-submission', 'a filing that its operator says was answered or withdrawn before it was submitted: it speaks neither for nor against it',
     '处理者自述的备案,其退回、受理或者撤回早于提交,既不据以有利认定,也不据以不利认定'),
    ('beyond-horizon', 'attempts, or corrections of attempts, told later than the lateness horizon allows: kept as evidence, and what was concluded of their time stands',
     '晚于迟到期限才告知的尝试或更正:作为证据保留,对当时的结论不作改变'),
    ('ended-before-begun', 'a use that ended before it began: it neither ended nor goes on',
     '终止早于开始的技术应用,既不视为已终止,也不视为仍在应用'),
    ('future-submission', 'a filing that its operator says was submitted after the commit that tells it: none yet',
     '处理者自述的备案提交日晚于其记录的提交时间,尚不视为提交'),
    ('future-time', 'a time later than the commit that tells it: the commit counts',
     '时间晚于其提交时间,以提交时间为准'),
    ('image-of-nobody-known', 'images that are stored of a person whom no row tells: consent and purpose are not known',
     '所涉个人无从得知的图像:同意与目的不明'),
    ('mixed-tokens', 'tokens of several columns that do not belong together: nobody is named',
     '多列令牌不相配,不指向任何人'),
    ('no-method-offered', 'a point in service that offers no method at all: out of order, and not by face alone',
     '在用而未启用任何方式的验证点:视为停用,不作为仅限人脸'),
    ('no-token', 'an identifier that is no token: nobody is named',
     '标识不是令牌,不指向任何人'),
    ('own-device', 'a point at which the own device of whoever comes compares: no face is handled by the operator, by what the mapping says',
     '由来者本人设备比对的验证点:按映射所述,处理者不处理人脸信息'),
    ('overlapping-configuration', 'rows that configure a point differently at the same time: which it obeys nobody can tell',
     '同一验证点同时存在相互矛盾的配置,无从判断'),
    ('unknown-value', 'a value that the log does not tell',
     '日志未给出其值'),
    ('unmapped-method', 'a method that the mapping does not name: neither a fallback nor none',
     '映射未列明的方式,既不作为替代方式,也不视为没有'),
    ('unmapped-outcome', 'an outcome that the mapping does not name: it may have been a pass',
     '映射未列明的结果,可能是通过'),
    ('unmapped-space', 'a kind of space that the mapping does not name: not taken for a harmless one',
     '映射未列明的场所,不当作无害场所'),
    ('unmapped-word', 'a word that the mapping does not name',
     '映射未列明的用语'),
    ('unreadable-days', 'a number of days that is none',
     '不可读取的日数'),
    ('unreadable-flag', 'a flag that says neither yes nor no',
     '既非是也非否的标志'),
    ('unreadable-image', 'an image whose presence cannot be told',
     '无法得知是否存有图像'),
    ('unreadable-time', 'a time that is none',
     '不可读取的时间'),
    ('withdrawn-before-given', 'a withdrawal before the giving that the same row states: it withdraws nothing',
     '同一行所载撤回早于给予,不视为撤回')
) AS m (reason, meaning_en, meaning_zh) USING (reason);
COMMENT ON VIEW audit_api.unjudged_v1 IS 'What was read and accuses or excuses nobody, since it cannot be judged or is out of scope: unknown is not fine / 已读取而无法判定或者不在适用范围内的内容,既不据以指控,也不据以免责';
COMMENT ON COLUMN audit_api.unjudged_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.unjudged_v1.system_id IS 'System / 系统标识';
COMMENT ON COLUMN audit_api.unjudged_v1.subject IS 'What it is about: table and column, table, or access point; never a value / 所涉表列、表或验证点,不含值';
COMMENT ON COLUMN audit_api.unjudged_v1.reason IS 'Why / 原因';
COMMENT ON COLUMN audit_api.unjudged_v1.occurrences IS 'How often so far; of images and of configurations, how many there are / 次数;图像与配置为现有数';
COMMENT ON COLUMN audit_api.unjudged_v1.last_at IS 'Commit of the newest change that tells / 最近一次相关变更的提交时间';
COMMENT ON COLUMN audit_api.unjudged_v1.meaning_zh IS 'What the reason means and what follows, in Chinese / 原因含义(中文)';
COMMENT ON COLUMN audit_api.unjudged_v1.meaning_en IS 'The same in English / 原因含义(英文)';

CREATE OR REPLACE VIEW audit_api.judgeable_v1 AS
SELECT
    t.operator_id, nullif(t.system_id, '') AS system_id, t.rule_id,
    t.judgeable AND drift.reason IS NULL AS judgeable,
    CASE WHEN t.judgeable AND drift.reason IS NOT NULL THEN drift.reason ELSE t.reason END AS reason
FROM audit.judgeable t
-- What the newest look into the source's catalogue found missing, as far as the rule needs it.
CROSS JOIN LATERAL (
    SELECT 'schema-drift: mapped columns of ' || string_agg(DISTINCT lost.fact, ', ' ORDER BY lost.fact)
        || ' are gone or of another type: ' || string_agg(DISTINCT lost.col, ', ' ORDER BY lost.col) AS reason
    FROM (
        SELECT split_part(line, ' ', 1) AS fact, substr(line, strpos(line, ' ') + 1) AS col
        FROM (
            SELECT l.needed_for
            FROM registry.schema_look l
            WHERE l.operator_id = t.operator_id AND l.system_id = t.system_id
            ORDER BY l.looked_at DESC, l.id DESC
            LIMIT 1
        ) newest
        CROSS JOIN LATERAL regexp_split_to_table(newest.needed_for, '\n') AS line
        WHERE line <> ''
    ) lost
    WHERE EXISTS (
        SELECT FROM registry.rule r CROSS JOIN LATERAL unnest(r.needs) AS need
        WHERE r.id = t.rule_id AND split_part(need, '.', 1) = lost.fact
    )
) drift
WHERE NOT t.deleted;
COMMENT ON VIEW audit_api.judgeable_v1 IS 'Which rules a system allows to judge, and why not: unknown is not fine / 各系统可判定的规则;未知不等于合规';
COMMENT ON COLUMN audit_api.judgeable_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.judgeable_v1.system_id IS 'System / 系统标识';
COMMENT ON COLUMN audit_api.judgeable_v1.rule_id IS 'Rule / 规则标识';
COMMENT ON COLUMN audit_api.judgeable_v1.judgeable IS 'Its needs are mapped / 是否可判定';
COMMENT ON COLUMN audit_api.judgeable_v1.reason IS 'Which fact is missing / 原因';
