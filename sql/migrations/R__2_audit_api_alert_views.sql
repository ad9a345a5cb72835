-- The views that analysts read. A view's columns never change meaning: a change is a _v2 beside it.
-- Comments: English / Chinese.
CREATE SCHEMA IF NOT EXISTS audit_api;
COMMENT ON SCHEMA audit_api IS 'What analysts read: alerts, counts, clocks, findings / 供分析人员读取的视图';

-- The one place that asks what day it is: a replay reads these views as of another day.
CREATE OR REPLACE VIEW audit.today AS SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day;
COMMENT ON VIEW audit.today IS 'The legal day, Asia/Shanghai / 今日(法定日)';

CREATE OR REPLACE VIEW audit_api.today_v1 AS SELECT t.day FROM audit.today t;
COMMENT ON VIEW audit_api.today_v1 IS 'The day that the views take for today: in a replay the one it rebuilds / 各视图所称的今日:回放中为所重建之日';
COMMENT ON COLUMN audit_api.today_v1.day IS 'Legal day, Asia/Shanghai / 法定日(北京时间)';

-- Days that differ from Monday-Friday: those of the active notices (where several name a day, the one published last
-- counts) and, on days that no active notice covers, the statutory holidays that are certain (the notice without a date
-- of publication).
CREATE OR REPLACE VIEW audit.special_day AS
SELECT DISTINCT ON (d.day) d.day, d.kind = 'WORKDAY' AS working
FROM registry.calendar_day d
JOIN registry.calendar_notice n ON n.id = d.notice_id
WHERE n.active
    OR (n.published_on IS NULL AND NOT EXISTS (
        SELECT FROM registry.calendar_notice covering
        WHERE covering.active AND d.day BETWEEN covering.covers_from AND covering.covers_to))
ORDER BY d.day, n.active DESC, n.published_on DESC, n.id DESC;
COMMENT ON VIEW audit.special_day IS 'Days that differ from Monday-Friday / 与周一至周五不同的日子';

-- The reference by which registry.rule.article cites an article.
CREATE OR REPLACE VIEW audit.cited_article AS
SELECT CASE WHEN a.number ~ '^[0-9]+$' AND a.law NOT LIKE 'GB/T %'
            THEN a.law || ' 第' || a.number || '条' || CASE
                WHEN a.paragraph = '' THEN ''
                WHEN a.paragraph LIKE '(%' THEN '第' || a.paragraph || '项'
                ELSE '第' || a.paragraph || '款' END
            ELSE a.law || ' §' || a.number || CASE WHEN a.paragraph = '' THEN '' ELSE ' ' || a.paragraph END
       END AS reference, a.text_zh, a.source, a.status
FROM registry.article a;
COMMENT ON VIEW audit.cited_article IS 'Articles with the reference that rules cite / 条文及其引用写法';

CREATE OR REPLACE VIEW audit_api.alert_v1 AS
SELECT
    a.alert_id, a.rule_id, a.verdict, a.status, a.severity, a.operator_id, o.name AS operator_name, o.sector,
    o.region, a.system_id, a.subject_kind, a.subject_id, a.episode, a.occurred_on, a.opened_at, a.resolved_at,
    a.detected_at, a.due_on, a.due_on - today.day AS days_left, a.provisional,
    a.calendar_version, a.measured, a.threshold, a.unit, coalesce(r.article, a.law_article) AS law_article,
    a.law_version, a.mapping_version, a.explanation_zh, a.explanation_en, a.evidence, a.exception_id,
    a.acknowledged_by, a.generation, a.revision, a.change_seq
FROM audit.alert a
CROSS JOIN audit.today
LEFT JOIN registry.operator o ON o.id = a.operator_id
LEFT JOIN registry.rule r ON r.id = a.rule_id;
COMMENT ON VIEW audit_api.alert_v1 IS 'Alerts: the newest revision of every alert and episode, WITHDRAWN ones included / 告警:每告警每回合的最新修订,含已撤销';
COMMENT ON COLUMN audit_api.alert_v1.alert_id IS 'Stable id of the fact about its subject / 告警标识,由规则、处理者、对象、触发项确定';
COMMENT ON COLUMN audit_api.alert_v1.rule_id IS 'Rule, see rule_v1 / 规则标识';
COMMENT ON COLUMN audit_api.alert_v1.verdict IS 'VIOLATION, SUSPECTED, WARNING, NOTICE or UNKNOWN / 判定:违规、疑似、预警、提示、未知';
COMMENT ON COLUMN audit_api.alert_v1.status IS 'OPEN, RESOLVED, EXEMPT (a valid exception covers it) or WITHDRAWN (the fact turned out not to be) / 状态:未解除、已解除、例外、已撤销';
COMMENT ON COLUMN audit_api.alert_v1.severity IS '1 (low) to 5 (high) / 严重程度,1 至 5';
COMMENT ON COLUMN audit_api.alert_v1.operator_id IS 'Operator; registry for alerts about the calendar / 处理者标识,日历告警为 registry';
COMMENT ON COLUMN audit_api.alert_v1.operator_name IS 'Its name in the registry / 处理者名称';
COMMENT ON COLUMN audit_api.alert_v1.sector IS 'Its sector / 行业';
COMMENT ON COLUMN audit_api.alert_v1.region IS 'Its seat, GB/T 2260 code / 所在地行政区划代码';
COMMENT ON COLUMN audit_api.alert_v1.system_id IS 'System; empty at operator level / 系统标识,处理者级为空';
COMMENT ON COLUMN audit_api.alert_v1.subject_kind IS 'Kind of subject: operator, system, access-point, image-cause, source, calendar / 对象类别';
COMMENT ON COLUMN audit_api.alert_v1.subject_id IS 'Id of the subject within its operator / 对象标识';
COMMENT ON COLUMN audit_api.alert_v1.episode IS '1 for the first occurrence, one more per relapse / 第几回合,复发递增';
COMMENT ON COLUMN audit_api.alert_v1.occurred_on IS 'Legal day of the fact the law counts from, Asia/Shanghai / 事实发生日';
COMMENT ON COLUMN audit_api.alert_v1.opened_at IS 'When the breach or warning began, on the facts'' time line / 开始时间';
COMMENT ON COLUMN audit_api.alert_v1.resolved_at IS 'When the data resolved it / 解除时间';
COMMENT ON COLUMN audit_api.alert_v1.detected_at IS 'When this system first saw it / 首次发现时间';
COMMENT ON COLUMN audit_api.alert_v1.due_on IS 'Legal due day (trigger day excluded, Civil Code 201) / 法定到期日';
COMMENT ON COLUMN audit_api.alert_v1.days_left IS 'Calendar days from today (Asia/Shanghai) to due_on, negative when past / 距到期日历日数,逾期为负';
COMMENT ON COLUMN audit_api.alert_v1.provisional IS 'Rests on a day past the last holiday notice / 超出已公布放假安排,暂定';
COMMENT ON COLUMN audit_api.alert_v1.calendar_version IS 'Active notices counted with / 所用日历版本';
COMMENT ON COLUMN audit_api.alert_v1.measured IS 'What was measured, in unit / 实测值';
COMMENT ON COLUMN audit_api.alert_v1.threshold IS 'What it was compared with, in unit / 阈值';
COMMENT ON COLUMN audit_api.alert_v1.unit IS 'Unit of measured and threshold / 单位';
COMMENT ON COLUMN audit_api.alert_v1.law_article IS 'Articles, see rule_v1 / 依据条文';
COMMENT ON COLUMN audit_api.alert_v1.law_version IS 'Version of the law''s parameters / 法律参数版本';
COMMENT ON COLUMN audit_api.alert_v1.mapping_version IS 'Version of the source''s mapping; for an operator those of its systems, joined by + / 映射版本，单位级预警为其各系统映射版本以+连接';
COMMENT ON COLUMN audit_api.alert_v1.explanation_zh IS 'Sentence in Chinese / 中文说明';
COMMENT ON COLUMN audit_api.alert_v1.explanation_en IS 'Sentence in English / 英文说明';
COMMENT ON COLUMN audit_api.alert_v1.evidence IS 'Source and Kafka positions it rests on; kafka is observational / 证据:来源与 Kafka 位置';
COMMENT ON COLUMN audit_api.alert_v1.exception_id IS 'Exception that covers it or was looked at / 相关例外';
COMMENT ON COLUMN audit_api.alert_v1.acknowledged_by IS 'Who acknowledged, contested or justified it last / 最近确认、异议或说明人';
COMMENT ON COLUMN audit_api.alert_v1.generation IS 'Generation of the job that wrote it / 作业世代';
COMMENT ON COLUMN audit_api.alert_v1.revision IS 'Revision within the generation / 世代内修订号';
COMMENT ON COLUMN audit_api.alert_v1.change_seq IS 'Grows with every change of the row; never appears out of order / 变更序号,单调递增,供增量读取';

CREATE OR REPLACE VIEW audit_api.alert_history_v1 AS
SELECT
    a.alert_id, a.rule_id, a.verdict, a.status, a.severity, a.operator_id, o.name AS operator_name, o.sector,
    o.region, a.system_id, a.subject_kind, a.subject_id, a.episode, a.occurred_on, a.opened_at, a.resolved_at,
    a.detected_at, a.due_on, a.due_on - today.day AS days_left, a.provisional,
    a.calendar_version, a.measured, a.threshold, a.unit, coalesce(r.article, a.law_article) AS law_article,
    a.law_version, a.mapping_version, a.explanation_zh, a.explanation_en, a.evidence, a.exception_id,
    a.acknowledged_by, a.generation, a.revision, a.change_seq, a.revised_at, a.reason
FROM audit.alert_history a
CROSS JOIN audit.today
LEFT JOIN registry.operator o ON o.id = a.operator_id
LEFT JOIN registry.rule r ON r.id = a.rule_id;
COMMENT ON VIEW audit_api.alert_history_v1 IS 'Every revision of every alert, append-only / 告警全部修订,只增不改';
COMMENT ON COLUMN audit_api.alert_history_v1.alert_id IS 'Stable id of the fact about its subject / 告警标识,由规则、处理者、对象、触发项确定';
COMMENT ON COLUMN audit_api.alert_history_v1.rule_id IS 'Rule, see rule_v1 / 规则标识';
COMMENT ON COLUMN audit_api.alert_history_v1.verdict IS 'VIOLATION, SUSPECTED, WARNING, NOTICE or UNKNOWN / 判定:违规、疑似、预警、提示、未知';
COMMENT ON COLUMN audit_api.alert_history_v1.status IS 'OPEN, RESOLVED, EXEMPT (a valid exception covers it) or WITHDRAWN (the fact turned out not to be) / 状态:未解除、已解除、例外、已撤销';
COMMENT ON COLUMN audit_api.alert_history_v1.severity IS '1 (low) to 5 (high) / 严重程度,1 至 5';
COMMENT ON COLUMN audit_api.alert_history_v1.operator_id IS 'Operator; registry for alerts about the calendar / 处理者标识,日历告警为 registry';
COMMENT ON COLUMN audit_api.alert_history_v1.operator_name IS 'Its name in the registry / 处理者名称';
COMMENT ON COLUMN audit_api.alert_history_v1.sector IS 'Its sector / 行业';
COMMENT ON COLUMN audit_api.alert_history_v1.region IS 'Its seat, GB/T 2260 code / 所在地行政区划代码';
COMMENT ON COLUMN audit_api.alert_history_v1.system_id IS 'System; empty at operator level / 系统标识,处理者级为空';
COMMENT ON COLUMN audit_api.alert_history_v1.subject_kind IS 'Kind of subject: operator, system, access-point, image-cause, source, calendar / 对象类别';
COMMENT ON COLUMN audit_api.alert_history_v1.subject_id IS 'Id of the subject within its operator / 对象标识';
COMMENT ON COLUMN audit_api.alert_history_v1.episode IS '1 for the first occurrence, one more per relapse / 第几回合,复发递增';
COMMENT ON COLUMN audit_api.alert_history_v1.occurred_on IS 'Legal day of the fact the law counts from, Asia/Shanghai / 事实发生日';
COMMENT ON COLUMN audit_api.alert_history_v1.opened_at IS 'When the breach or warning began, on the facts'' time line / 开始时间';
COMMENT ON COLUMN audit_api.alert_history_v1.resolved_at IS 'When the data resolved it / 解除时间';
COMMENT ON COLUMN audit_api.alert_history_v1.detected_at IS 'When this system first saw it / 首次发现时间';
COMMENT ON COLUMN audit_api.alert_history_v1.due_on IS 'Legal due day (trigger day excluded, Civil Code 201) / 法定到期日';
COMMENT ON COLUMN audit_api.alert_history_v1.days_left IS 'Calendar days from today (Asia/Shanghai) to due_on, negative when past / 距到期日历日数,逾期为负';
COMMENT ON COLUMN audit_api.alert_history_v1.provisional IS 'Rests on a day past the last holiday notice / 超出已公布放假安排,暂定';
COMMENT ON COLUMN audit_api.alert_history_v1.calendar_version IS 'Active notices counted with / 所用日历版本';
COMMENT ON COLUMN audit_api.alert_history_v1.measured IS 'What was measured, in unit / 实测值';
COMMENT ON COLUMN audit_api.alert_history_v1.threshold IS 'What it was compared with, in unit / 阈值';
COMMENT ON COLUMN audit_api.alert_history_v1.unit IS 'Unit of measured and threshold / 单位';
COMMENT ON COLUMN audit_api.alert_history_v1.law_article IS 'Articles, see rule_v1 / 依据条文';
COMMENT ON COLUMN audit_api.alert_history_v1.law_version IS 'Version of the law''s parameters / 法律参数版本';
COMMENT ON COLUMN audit_api.alert_history_v1.mapping_version IS 'Version of the source''s mapping; for an operator those of its systems, joined by + / 映射版本，单位级预警为其各系统映射版本以+连接';
COMMENT ON COLUMN audit_api.alert_history_v1.explanation_zh IS 'Sentence in Chinese / 中文说明';
COMMENT ON COLUMN audit_api.alert_history_v1.explanation_en IS 'Sentence in English / 英文说明';
COMMENT ON COLUMN audit_api.alert_history_v1.evidence IS 'Source and Kafka positions it rests on; kafka is observational / 证据:来源与 Kafka 位置';
COMMENT ON COLUMN audit_api.alert_history_v1.exception_id IS 'Exception that covers it or was looked at / 相关例外';
COMMENT ON COLUMN audit_api.alert_history_v1.acknowledged_by IS 'Who acknowledged, contested or justified it last / 最近确认、异议或说明人';
COMMENT ON COLUMN audit_api.alert_history_v1.generation IS 'Generation of the job that wrote it / 作业世代';
COMMENT ON COLUMN audit_api.alert_history_v1.revision IS 'Revision within the generation / 世代内修订号';
COMMENT ON COLUMN audit_api.alert_history_v1.change_seq IS 'Grows with every change of the row; never appears out of order / 变更序号,单调递增,供增量读取';
COMMENT ON COLUMN audit_api.alert_history_v1.revised_at IS 'When this revision landed / 本次修订落库时间';
COMMENT ON COLUMN audit_api.alert_history_v1.reason IS 'Why it was revised / 修订原因';

-- The table holds the days on which something changed; each is carried forward up to the day before the next one, and
-- the last one up to the day the operator is known to.
CREATE OR REPLACE VIEW audit_api.person_count_v1 AS
SELECT
    c.operator_id, (c.day + step.n) AS day, c.persons_low, c.persons_high, c.exact, c.records, c.raw_images,
    CASE step.n WHEN 0 THEN c.added ELSE 0 END AS added, CASE step.n WHEN 0 THEN c.removed ELSE 0 END AS removed
FROM (
    SELECT counted.*, coalesce(lead(counted.day) OVER (PARTITION BY counted.operator_id ORDER BY counted.day) - 1,
                               greatest(counted.day, known.known_to)) AS last_day
    FROM audit.person_count counted
    LEFT JOIN audit.person_count_known known ON known.operator_id = counted.operator_id
    WHERE NOT counted.deleted
) c
CROSS JOIN LATERAL generate_series(0, c.last_day - c.day) AS step(n);
COMMENT ON VIEW audit_api.person_count_v1 IS 'Persons stored per operator at the end of each legal day, dense from the first day known / 每日存储人数,自首个已知日起逐日连续';
COMMENT ON COLUMN audit_api.person_count_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.person_count_v1.day IS 'Legal day, Asia/Shanghai / 日期';
COMMENT ON COLUMN audit_api.person_count_v1.persons_low IS 'At least so many persons / 人数下限';
COMMENT ON COLUMN audit_api.person_count_v1.persons_high IS 'At most so many persons, as far as the sources have told / 人数上限,以数据源已报告者为限';
COMMENT ON COLUMN audit_api.person_count_v1.exact IS 'Low and high are proved equal: every source is known through the day / 是否精确:上下限相等且各数据源均已知至该日';
COMMENT ON COLUMN audit_api.person_count_v1.records IS 'Stored face records / 人脸记录数';
COMMENT ON COLUMN audit_api.person_count_v1.raw_images IS 'Stored raw images / 原始图像数';
COMMENT ON COLUMN audit_api.person_count_v1.added IS 'Persons new on the day / 当日新增人数';
COMMENT ON COLUMN audit_api.person_count_v1.removed IS 'Persons gone on the day / 当日移除人数';

CREATE OR REPLACE VIEW audit_api.clock_v1 AS
SELECT
    c.operator_id, c.kind, c.trigger_id, c.trigger_on_low, c.trigger_on_high, c.basis, c.due_on, c.due_on_strict, c.state,
    CASE WHEN c.state = 'RUNNING' AND c.due_on_strict IS NOT NULL THEN (
        SELECT count(*) FROM generate_series(1, c.due_on_strict - today.day) AS step(n)
        LEFT JOIN audit.special_day special ON special.day = today.day + step.n
        WHERE coalesce(special.working, extract(isodow FROM today.day + step.n) < 6)
    ) END AS working_days_left,
    CASE WHEN c.state IN ('OVERDUE', 'POSSIBLY_OVERDUE') THEN (today.day - c.due_on)::bigint
         WHEN c.state = 'MET_LATE' THEN coalesce(c.days_late, (c.filed_on - c.due_on)::bigint)
         ELSE c.days_late END AS days_late,
    c.calendar_version, c.provisional, c.filed_on
FROM audit.clock c
CROSS JOIN audit.today
WHERE NOT c.deleted;
COMMENT ON VIEW audit_api.clock_v1 IS 'Statutory deadlines of Art. 15: filing, change, deregistration / 第十五条各项法定期限';
COMMENT ON COLUMN audit_api.clock_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.clock_v1.kind IS 'FILING, CHANGE or DEREGISTRATION / 期限种类';
COMMENT ON COLUMN audit_api.clock_v1.trigger_id IS 'What started it: cycle, change id or termination id / 触发项';
COMMENT ON COLUMN audit_api.clock_v1.trigger_on_low IS 'Earliest possible trigger day / 最早可能触发日';
COMMENT ON COLUMN audit_api.clock_v1.trigger_on_high IS 'Latest possible trigger day / 最晚可能触发日';
COMMENT ON COLUMN audit_api.clock_v1.basis IS 'What the trigger day rests on / 触发日依据';
COMMENT ON COLUMN audit_api.clock_v1.due_on IS 'Legal due day / 法定到期日';
COMMENT ON COLUMN audit_api.clock_v1.due_on_strict IS 'Cautious due day, trigger day counted / 审慎到期日,计入当日';
COMMENT ON COLUMN audit_api.clock_v1.state IS 'RUNNING, MET, MET_LATE, OVERDUE, POSSIBLY_OVERDUE or WITHDRAWN / 状态';
COMMENT ON COLUMN audit_api.clock_v1.working_days_left IS 'Working days after today up to and including due_on_strict; empty unless RUNNING / 至审慎到期日的剩余工作日';
COMMENT ON COLUMN audit_api.clock_v1.days_late IS 'Calendar days after due_on: of the submission, or of today while overdue / 逾期日历日数';
COMMENT ON COLUMN audit_api.clock_v1.calendar_version IS 'Active notices counted with / 日历版本';
COMMENT ON COLUMN audit_api.clock_v1.provisional IS 'Rests on a day past the last holiday notice / 是否暂定';
COMMENT ON COLUMN audit_api.clock_v1.filed_on IS 'Day of the submission that closed it / 提交日';
