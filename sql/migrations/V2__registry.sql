-- Schema registry: everything a person may change is a row here, and every row change is captured as a stream.
-- Every table has a primary key, so that logical replication can name a deleted row by its key alone.
CREATE SCHEMA registry;
COMMENT ON SCHEMA registry IS 'What people enter: operators, filings, exceptions, calendar, policy values; captured like any operator''s database / 人工登记:处理者、备案、例外、日历、参数;与处理者数据库同样采集';

CREATE TABLE registry.operator (
    id           text PRIMARY KEY,
    name         text NOT NULL,
    uscc         text UNIQUE,
    sector       text,
    region       text,
    parent_id    text REFERENCES registry.operator,
    successor_id text REFERENCES registry.operator,
    CONSTRAINT operator_id_is_a_slug CHECK (id ~ '^[a-z0-9-]+$'),
    CONSTRAINT operator_has_a_name CHECK (btrim(name) <> ''),
    CONSTRAINT operator_uscc_has_18_characters CHECK (uscc ~ '^[0-9A-Z]{18}$'),
    CONSTRAINT operator_sector_is_not_blank CHECK (btrim(sector) <> ''),
    CONSTRAINT operator_region_is_a_gbt2260_code CHECK (region ~ '^[1-9][0-9]{5}$'),
    CONSTRAINT operator_is_not_its_own_parent CHECK (parent_id <> id),
    CONSTRAINT operator_is_not_its_own_successor CHECK (successor_id <> id)
);
COMMENT ON TABLE registry.operator IS 'Handlers of personal information under audit (PIPL 73(1)) / 被审计的个人信息处理者';
COMMENT ON COLUMN registry.operator.id IS 'Id, [a-z0-9-]+, as in the operator''s file and in topic names / 标识';
COMMENT ON COLUMN registry.operator.name IS 'Registered name / 名称';
COMMENT ON COLUMN registry.operator.uscc IS 'Unified social credit code, 18 characters / 统一社会信用代码';
COMMENT ON COLUMN registry.operator.sector IS 'Sector / 行业';
COMMENT ON COLUMN registry.operator.region IS 'Seat, GB/T 2260 code of six digits; decides which province must be filed with / 所在地行政区划代码';
COMMENT ON COLUMN registry.operator.parent_id IS 'Parent company, which may file for the group / 母公司';
COMMENT ON COLUMN registry.operator.successor_id IS 'Who took over (PIPL 22): clocks move there / 承继者';

CREATE TABLE registry.filing (
    id               text PRIMARY KEY,
    operator_id      text NOT NULL REFERENCES registry.operator,
    kind             text NOT NULL,
    submitted_on     date NOT NULL,
    returned_on      date,
    accepted_on      date,
    withdrawn_on     date,
    authority        text NOT NULL,
    declared_persons bigint,
    covers           text[] NOT NULL DEFAULT '{}',
    CONSTRAINT filing_id_has_no_blank CHECK (id ~ '^\S+$'),
    CONSTRAINT filing_kind_is_known CHECK (kind IN ('INITIAL', 'CHANGE', 'DEREGISTRATION')),
    CONSTRAINT filing_days_are_finite CHECK (isfinite(submitted_on) AND isfinite(returned_on) AND isfinite(accepted_on)
        AND isfinite(withdrawn_on)),
    CONSTRAINT filing_returned_after_submission CHECK (returned_on >= submitted_on),
    CONSTRAINT filing_accepted_after_submission CHECK (accepted_on >= submitted_on),
    CONSTRAINT filing_withdrawn_after_submission CHECK (withdrawn_on >= submitted_on),
    CONSTRAINT filing_authority_is_a_gbt2260_code CHECK (authority ~ '^[0-9]{6}$'),
    CONSTRAINT filing_declared_persons_not_negative CHECK (declared_persons >= 0),
    CONSTRAINT filing_covers_no_null CHECK (array_position(covers, NULL) IS NULL)
);
CREATE INDEX filing_of_operator ON registry.filing (operator_id);
COMMENT ON TABLE registry.filing IS 'Filings under Art. 15 of the Measures; on time by submission; a resubmission is a new row / 备案、变更、注销备案;以提交日为准,重新提交另立一行';
COMMENT ON COLUMN registry.filing.id IS 'Id of the filing / 备案编号';
COMMENT ON COLUMN registry.filing.operator_id IS 'Who filed / 备案人';
COMMENT ON COLUMN registry.filing.kind IS 'INITIAL, CHANGE or DEREGISTRATION / 备案、变更、注销';
COMMENT ON COLUMN registry.filing.submitted_on IS 'Legal day of submission, Asia/Shanghai / 提交日';
COMMENT ON COLUMN registry.filing.returned_on IS 'Day it was returned for correction / 退回日';
COMMENT ON COLUMN registry.filing.accepted_on IS 'Day it was accepted / 受理日';
COMMENT ON COLUMN registry.filing.withdrawn_on IS 'Day the filer withdrew it / 撤回日';
COMMENT ON COLUMN registry.filing.authority IS 'Authority filed with, GB/T 2260 code; 000000 is the national one / 受理机关行政区划代码';
COMMENT ON COLUMN registry.filing.declared_persons IS 'Declared number of persons stored / 申报的存储人数';
COMMENT ON COLUMN registry.filing.covers IS 'Ids of the other operators that a group or joint filing covers / 集团或联合备案覆盖的处理者';

CREATE TABLE registry.substantive_change (
    id          text PRIMARY KEY,
    operator_id text NOT NULL REFERENCES registry.operator,
    field       text NOT NULL,
    changed_on  date NOT NULL,
    note        text,
    CONSTRAINT substantive_change_id_has_no_blank CHECK (id ~ '^\S+$'),
    CONSTRAINT substantive_change_names_a_field CHECK (btrim(field) <> ''),
    CONSTRAINT substantive_change_day_is_finite CHECK (isfinite(changed_on))
);
CREATE INDEX substantive_change_of_operator ON registry.substantive_change (operator_id);
COMMENT ON TABLE registry.substantive_change IS 'Declared substantive changes of filed information (Art. 15 ¶3) / 备案信息实质性变更';
COMMENT ON COLUMN registry.substantive_change.id IS 'Id of the change / 变更编号';
COMMENT ON COLUMN registry.substantive_change.operator_id IS 'Whose filing changes / 处理者';
COMMENT ON COLUMN registry.substantive_change.field IS 'What changed, e.g. purpose, method, scene / 变更事项';
COMMENT ON COLUMN registry.substantive_change.changed_on IS 'Legal day of the change; its clock starts / 变更日';
COMMENT ON COLUMN registry.substantive_change.note IS 'Note / 说明';

CREATE TABLE registry.technology_use (
    id            text PRIMARY KEY,
    operator_id   text NOT NULL REFERENCES registry.operator,
    scene         text NOT NULL,
    started_on    date,
    terminated_on date,
    CONSTRAINT technology_use_id_has_no_blank CHECK (id ~ '^\S+$'),
    CONSTRAINT technology_use_names_a_scene CHECK (btrim(scene) <> ''),
    CONSTRAINT technology_use_days_are_finite CHECK (isfinite(started_on) AND isfinite(terminated_on)),
    CONSTRAINT technology_use_ends_after_it_starts CHECK (terminated_on >= started_on)
);
CREATE INDEX technology_use_of_operator ON registry.technology_use (operator_id);
COMMENT ON TABLE registry.technology_use IS 'Declared uses of face recognition, one per scene; all ended = terminated (Art. 15 ¶4) / 应用场景;全部终止即为终止应用';
COMMENT ON COLUMN registry.technology_use.id IS 'Id of the use; the termination id when it ends last / 编号';
COMMENT ON COLUMN registry.technology_use.operator_id IS 'Who uses it / 处理者';
COMMENT ON COLUMN registry.technology_use.scene IS 'Scene / 应用场景';
COMMENT ON COLUMN registry.technology_use.started_on IS 'First day of use, when known / 启用日';
COMMENT ON COLUMN registry.technology_use.terminated_on IS 'Day of termination / 终止日';

CREATE TABLE registry.rule (
    id         text PRIMARY KEY,
    article    text NOT NULL,
    title_zh   text NOT NULL,
    title_en   text NOT NULL,
    needs      text[] NOT NULL,
    known_gaps text NOT NULL,
    CONSTRAINT rule_id_is_a_slug CHECK (id ~ '^[a-z0-9-]+$'),
    CONSTRAINT rule_cites_an_article CHECK (btrim(article) <> ''),
    CONSTRAINT rule_has_titles CHECK (btrim(title_zh) <> '' AND btrim(title_en) <> ''),
    CONSTRAINT rule_needs_no_null CHECK (array_position(needs, NULL) IS NULL)
);
COMMENT ON TABLE registry.rule IS 'The rules that judge, with the articles they rest on / 判定规则及其依据条文';
COMMENT ON COLUMN registry.rule.id IS 'Rule id, [a-z0-9-]+ / 规则标识';
COMMENT ON COLUMN registry.rule.article IS 'Articles, joined by "; ", each as "law 第n条[第m款]" or "standard §n" and a row of registry.article / 依据条文';
COMMENT ON COLUMN registry.rule.title_zh IS 'Title in Chinese / 中文标题';
COMMENT ON COLUMN registry.rule.title_en IS 'Title in English / 英文标题';
COMMENT ON COLUMN registry.rule.needs IS 'Facts that a source or the registry must deliver / 所需事实';
COMMENT ON COLUMN registry.rule.known_gaps IS 'What the rule does not see / 已知局限';

CREATE TABLE registry.article (
    law       text NOT NULL,
    number    text NOT NULL,
    paragraph text NOT NULL DEFAULT '',
    text_zh   text NOT NULL,
    source    text NOT NULL,
    status    text NOT NULL,
    PRIMARY KEY (law, number, paragraph),
    CONSTRAINT article_has_text CHECK (btrim(law) <> '' AND btrim(number) <> '' AND btrim(text_zh) <> ''),
    CONSTRAINT article_has_a_source CHECK (btrim(source) <> ''),
    CONSTRAINT article_status_is_known CHECK (status IN ('S', 'S2', 'P', 'M'))
);
COMMENT ON TABLE registry.article IS 'Clauses cited, with how their wording was read / 引用条文及其文本来源';
COMMENT ON COLUMN registry.article.law IS 'Title of the law or standard / 法律法规或标准名称';
COMMENT ON COLUMN registry.article.number IS 'Article or section / 条或章节';
COMMENT ON COLUMN registry.article.paragraph IS 'Paragraph or item; empty: the whole article / 款项,空为全条';
COMMENT ON COLUMN registry.article.text_zh IS 'Wording or its content / 条文内容';
COMMENT ON COLUMN registry.article.source IS 'Where it was read / 来源';
COMMENT ON COLUMN registry.article.status IS 'S wording read; S2 read in a quotation; P paraphrase only; M from memory, not to be quoted as exact / S 原文;S2 转引;P 转述;M 凭记忆,不得当作原文引用';

CREATE TABLE registry.exception (
    id          text PRIMARY KEY,
    rule_id     text NOT NULL REFERENCES registry.rule,
    operator_id text NOT NULL REFERENCES registry.operator,
    subject_id  text,
    citation    text NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date NOT NULL,
    entered_by  text NOT NULL,
    approved_by text,
    CONSTRAINT exception_id_has_no_blank CHECK (id ~ '^\S+$'),
    CONSTRAINT exception_subject_is_not_blank CHECK (btrim(subject_id) <> ''),
    CONSTRAINT exception_cites_an_instrument CHECK (btrim(citation) <> ''),
    CONSTRAINT exception_days_are_finite CHECK (isfinite(valid_from) AND isfinite(valid_to)),
    CONSTRAINT exception_ends_after_it_starts CHECK (valid_to >= valid_from),
    CONSTRAINT exception_entered_by_someone CHECK (btrim(entered_by) <> ''),
    CONSTRAINT exception_approved_by_someone CHECK (btrim(approved_by) <> ''),
    CONSTRAINT exception_approved_by_another CHECK (lower(btrim(approved_by)) <> lower(btrim(entered_by)))
);
CREATE INDEX exception_of_operator ON registry.exception (operator_id);
COMMENT ON TABLE registry.exception IS 'State exceptions (Art. 10, last sentence; Art. 8) with citation, scope and end; they always end / 国家另有规定等例外,须有依据、范围和期限';
COMMENT ON COLUMN registry.exception.id IS 'Id of the exception / 例外编号';
COMMENT ON COLUMN registry.exception.rule_id IS 'Rule it concerns / 适用规则';
COMMENT ON COLUMN registry.exception.operator_id IS 'Operator it concerns / 适用处理者';
COMMENT ON COLUMN registry.exception.subject_id IS 'Subject it concerns; empty: every subject of the operator / 适用对象,空为全部';
COMMENT ON COLUMN registry.exception.citation IS 'The instrument; "no-equivalent:" starts a statement that no other method exists / 依据;"no-equivalent:" 开头为无同等方式声明';
COMMENT ON COLUMN registry.exception.valid_from IS 'First legal day / 生效日';
COMMENT ON COLUMN registry.exception.valid_to IS 'Last legal day, included / 截止日(含)';
COMMENT ON COLUMN registry.exception.entered_by IS 'Who entered it / 登记人';
COMMENT ON COLUMN registry.exception.approved_by IS 'Who approved it, another person / 批准人,不得为登记人';

CREATE TABLE registry.parameter (
    name       text NOT NULL,
    scope      text NOT NULL DEFAULT '*',
    value      text NOT NULL,
    unit       text NOT NULL,
    valid_from date NOT NULL,
    source     text NOT NULL,
    PRIMARY KEY (name, scope, valid_from),
    CONSTRAINT parameter_name_has_parts CHECK (name ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$'),
    CONSTRAINT parameter_day_is_finite CHECK (isfinite(valid_from)),
    CONSTRAINT parameter_unit_is_known CHECK (unit IN
        ('seconds', 'hours', 'days', 'working-days', 'persons', 'percent', 'count', 'severity', 'date')),
    CONSTRAINT parameter_value_fits_its_unit CHECK (CASE unit
        WHEN 'date' THEN value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND value::date IS NOT NULL
        WHEN 'severity' THEN value ~ '^[1-5]$'
        WHEN 'percent' THEN value ~ '^[0-9]{1,3}(\.[0-9]+)?$' AND value::numeric <= 100
        ELSE value ~ '^[0-9]{1,15}$' END),
    CONSTRAINT parameter_has_a_source CHECK (btrim(source) <> '')
);
COMMENT ON TABLE registry.parameter IS 'Policy and legal values, dated, with their source; the newest valid_from not after the day counts / 参数:带生效日和来源';
COMMENT ON COLUMN registry.parameter.name IS '<rule_id>.<name> / 规则标识.参数名';
COMMENT ON COLUMN registry.parameter.scope IS '* or an operator id / * 或处理者标识';
COMMENT ON COLUMN registry.parameter.value IS 'A number in the unit, or an ISO date / 数值或日期';
COMMENT ON COLUMN registry.parameter.unit IS 'seconds, hours, days, working-days, persons, percent, count, severity, date / 单位';
COMMENT ON COLUMN registry.parameter.valid_from IS 'First legal day / 生效日';
COMMENT ON COLUMN registry.parameter.source IS 'Where the value comes from / 来源';

CREATE TABLE registry.calendar_notice (
    id           text PRIMARY KEY,
    published_on date,
    covers_from  date,
    covers_to    date,
    source       text NOT NULL,
    active       boolean NOT NULL DEFAULT false,
    CONSTRAINT calendar_notice_id_is_a_slug CHECK (id ~ '^[a-z0-9-]+$'),
    CONSTRAINT calendar_notice_days_are_finite CHECK (isfinite(published_on) AND isfinite(covers_from)
        AND isfinite(covers_to)),
    CONSTRAINT calendar_notice_ends_after_it_starts CHECK (covers_to >= covers_from),
    CONSTRAINT calendar_notice_has_a_source CHECK (btrim(source) <> '')
);
COMMENT ON TABLE registry.calendar_notice IS 'Holiday notices of the State Council; one takes effect as a whole, by setting active / 国务院放假通知;整体生效';
COMMENT ON COLUMN registry.calendar_notice.id IS 'Id, part of calendar_version / 通知标识,构成日历版本';
COMMENT ON COLUMN registry.calendar_notice.published_on IS 'Day of publication; empty: no notice, days derived from statute, never active / 发布日;空为依法推算,不得生效';
COMMENT ON COLUMN registry.calendar_notice.covers_from IS 'First day it covers / 起始日';
COMMENT ON COLUMN registry.calendar_notice.covers_to IS 'Last day it covers / 截止日';
COMMENT ON COLUMN registry.calendar_notice.source IS 'Document number or address / 文号或网址';
COMMENT ON COLUMN registry.calendar_notice.active IS 'In force for deadlines; set after all its days are entered / 是否生效,须先录入全部日期';

CREATE TABLE registry.calendar_day (
    notice_id text NOT NULL REFERENCES registry.calendar_notice,
    day       date NOT NULL,
    kind      text NOT NULL,
    name      text NOT NULL,
    PRIMARY KEY (notice_id, day),
    CONSTRAINT calendar_day_is_finite CHECK (isfinite(day)),
    CONSTRAINT calendar_day_kind_is_known CHECK (kind IN ('HOLIDAY', 'WORKDAY')),
    CONSTRAINT calendar_day_has_a_name CHECK (btrim(name) <> '')
);
COMMENT ON TABLE registry.calendar_day IS 'Days that differ from Monday-Friday: holidays and make-up working days / 放假日与调休上班日';
COMMENT ON COLUMN registry.calendar_day.notice_id IS 'Notice that names the day / 所属通知';
COMMENT ON COLUMN registry.calendar_day.day IS 'Legal day, Asia/Shanghai / 日期';
COMMENT ON COLUMN registry.calendar_day.kind IS 'HOLIDAY or WORKDAY (make-up working day) / 放假或调休上班';
COMMENT ON COLUMN registry.calendar_day.name IS 'Festival / 节日';

CREATE TABLE registry.heartbeat (
    id      int PRIMARY KEY DEFAULT 1,
    beat_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT heartbeat_is_one_row CHECK (id = 1)
);
COMMENT ON TABLE registry.heartbeat IS 'One row, rewritten by the capture: proof that the stream is alive / 单行心跳,证明采集在线';
COMMENT ON COLUMN registry.heartbeat.id IS 'Always 1 / 恒为 1';
COMMENT ON COLUMN registry.heartbeat.beat_at IS 'Time of the last beat / 最近心跳时间';
INSERT INTO registry.heartbeat DEFAULT VALUES;
