-- Views over the counts of several days or operators, see R__2_audit_api_alert_views.sql.

-- Filings as they stand today, once for everybody they are for: submitted, not withdrawn, and not returned unless accepted
-- since. Competent is an authority of the lowest rank that the law asks for, or above, for the seat of whom it is for.
CREATE OR REPLACE VIEW audit.standing_filing AS
SELECT f.id, f.operator_id, covered.operator_id AS covered_id, f.kind, f.submitted_on,
       EXISTS (
            SELECT FROM generate_series(0, (
                SELECT p.value::int FROM registry.parameter p WHERE p.name = 'filing.authority-digits' AND p.scope = '*'
                ORDER BY p.valid_from <= f.submitted_on DESC, abs(p.valid_from - f.submitted_on) LIMIT 1), 2) AS shared(digits)
            WHERE f.authority = left(coalesce(o.region, f.authority), shared.digits) || repeat('0', 6 - shared.digits)
       ) AS competent
FROM registry.filing f
CROSS JOIN audit.today
CROSS JOIN LATERAL (SELECT f.operator_id UNION SELECT unnest(f.covers)) AS covered(operator_id)
LEFT JOIN registry.operator o ON o.id = covered.operator_id
WHERE f.submitted_on <= today.day AND (f.withdrawn_on <= today.day) IS NOT TRUE
    AND ((f.returned_on <= today.day) IS NOT TRUE OR (f.accepted_on >= f.returned_on AND f.accepted_on <= today.day));
COMMENT ON VIEW audit.standing_filing IS 'Filings that stand today, by whom they are for / 现行有效的备案,按所涉处理者列出';

-- What became of each forecast. The first reaching is that of the filing clock; a clock whose trigger has bounds, or is only
-- possible, does not tell the day exactly. A forecast is late only once its operator is known past the interval. It is void
-- when its cycle ended before: by the first deregistration after its day that stands, with an authority of the right level,
-- on whose day the threshold was not reached yet. A day that is not over ends nothing.
CREATE OR REPLACE VIEW audit_api.forecast_score_v1 AS
SELECT
    f.operator_id, f.as_of, f.reaches_low, f.reaches_mid, f.reaches_high,
    CASE WHEN cycle.ended_on < reached.day THEN NULL ELSE reached.day END AS reached_on,
    CASE WHEN cycle.ended_on < coalesce(reached.day, 'infinity') THEN 'VOID'
         WHEN reached.day IS NOT NULL AND NOT reached.exact THEN 'INEXACT'
         WHEN reached.day < f.reaches_low THEN 'EARLIER'
         WHEN reached.day > f.reaches_high THEN 'LATER'
         WHEN reached.day IS NOT NULL THEN 'INSIDE'
         WHEN known.known_to > f.reaches_high THEN 'LATER'
         ELSE 'PENDING' END AS outcome,
    CASE WHEN cycle.ended_on < coalesce(reached.day, 'infinity') THEN NULL
         WHEN reached.day IS NOT NULL AND NOT reached.exact THEN NULL
         WHEN reached.day IS NOT NULL THEN reached.day >= f.reaches_low AND reached.day <= coalesce(f.reaches_high, 'infinity')
         WHEN known.known_to > f.reaches_high THEN false END AS inside,
    CASE WHEN reached.exact AND (cycle.ended_on < reached.day) IS NOT TRUE
         THEN (reached.day - f.as_of)::bigint END AS days_ahead,
    CASE WHEN reached.exact AND (cycle.ended_on < reached.day) IS NOT TRUE
         THEN (reached.day - f.reaches_mid)::bigint END AS error_days,
    known.known_to
FROM audit.forecast f
LEFT JOIN audit.person_count_known known ON known.operator_id = f.operator_id
LEFT JOIN LATERAL (
    SELECT c.trigger_on_low AS day, coalesce(c.trigger_on_low = c.trigger_on_high, false) AS exact
    FROM audit.clock c
    WHERE c.operator_id = f.operator_id AND c.kind = 'FILING' AND NOT c.deleted AND c.state <> 'WITHDRAWN'
        AND c.trigger_on_low > f.as_of
    ORDER BY c.trigger_on_low
    LIMIT 1
) reached ON true
LEFT JOIN LATERAL (
    SELECT min(d.submitted_on) AS ended_on
    FROM audit.standing_filing d
    CROSS JOIN audit.today
    WHERE d.covered_id = f.operator_id AND d.kind = 'DEREGISTRATION' AND d.competent
        AND d.submitted_on > f.as_of AND d.submitted_on < today.day
) cycle ON true
WHERE NOT f.deleted AND f.withheld_reason IS NULL;
COMMENT ON VIEW audit_api.forecast_score_v1 IS 'Past forecasts against what came of them / 历次预测与实际结果的对照';
COMMENT ON COLUMN audit_api.forecast_score_v1.operator_id IS 'Operator / 处理者标识';
COMMENT ON COLUMN audit_api.forecast_score_v1.as_of IS 'Last legal day the forecast knows / 预测所据日期';
COMMENT ON COLUMN audit_api.forecast_score_v1.reaches_low IS 'Early end of its interval / 预测区间起';
COMMENT ON COLUMN audit_api.forecast_score_v1.reaches_mid IS 'Its median; empty: beyond the horizon / 预测中位日,空为超出预测范围';
COMMENT ON COLUMN audit_api.forecast_score_v1.reaches_high IS 'Late end of its interval; empty: beyond the horizon / 预测区间止,空为超出预测范围';
COMMENT ON COLUMN audit_api.forecast_score_v1.reached_on IS 'First reaching after as_of, by the filing clock; empty: none known / 实际首次达到日,空为未知有达到';
COMMENT ON COLUMN audit_api.forecast_score_v1.outcome IS 'INSIDE, EARLIER, LATER, PENDING (interval not over), INEXACT (day of reaching not certain), VOID (deregistered before) / 结果:在内、偏早、偏晚、待定、无法确定、已注销而作废';
COMMENT ON COLUMN audit_api.forecast_score_v1.inside IS 'Whether the interval held; empty: not known yet / 是否落入区间,空为未知';
COMMENT ON COLUMN audit_api.forecast_score_v1.days_ahead IS 'Calendar days from as_of to the reaching / 提前日历日数';
COMMENT ON COLUMN audit_api.forecast_score_v1.error_days IS 'Calendar days from the median to the reaching, negative: it came earlier / 与中位日之差,负为更早';
COMMENT ON COLUMN audit_api.forecast_score_v1.known_to IS 'Last legal day up to which the operator''s counts are known / 人数已知至何日';

-- An operator belongs to its parent, or else to whoever made the newest standing filing that covers it, and so on upwards;
-- a circle ends where it closes, and its smallest id is taken for the head. Only groups of two and more.
CREATE OR REPLACE VIEW audit_api.group_member_v1 AS
WITH RECURSIVE filed AS (
    SELECT f.id, f.operator_id, f.submitted_on, f.covered_id, f.competent
    FROM audit.standing_filing f
    WHERE f.kind = 'INITIAL'
), above AS (
    SELECT o.id, coalesce(o.parent_id, covering.operator_id) AS upper_id,
           CASE WHEN o.parent_id IS NOT NULL THEN 'PARENT' WHEN covering.operator_id IS NOT NULL THEN 'FILING' ELSE 'HEAD' END AS via
    FROM registry.operator o
    LEFT JOIN LATERAL (
        SELECT filed.operator_id FROM filed
        WHERE filed.covered_id = o.id AND filed.operator_id <> o.id
        ORDER BY filed.submitted_on DESC, filed.id DESC LIMIT 1
    ) covering ON true
), climb AS (
    SELECT id, id AS at_id, ARRAY[id] AS path FROM above
    UNION ALL
    SELECT climb.id, above.upper_id, climb.path || above.upper_id
    FROM climb
    JOIN above ON above.id = climb.at_id
    WHERE above.upper_id IS NOT NULL AND above.upper_id <> ALL (climb.path)
), longest AS (
    SELECT DISTINCT ON (id) id, at_id, path FROM climb ORDER BY id, cardinality(path) DESC
), headed AS (
    SELECT longest.id,
           CASE WHEN last.upper_id IS NULL THEN longest.at_id
                ELSE (SELECT min(step) FROM unnest(longest.path[array_position(longest.path, last.upper_id):]) step)
           END AS group_id
    FROM longest JOIN above last ON last.id = longest.at_id
)
SELECT headed.group_id, head.name AS group_name, headed.id AS operator_id, o.name AS operator_name,
       CASE WHEN headed.id = headed.group_id THEN 'HEAD' ELSE above.via END AS via, above.upper_id AS belongs_to,
       standing.id AS filing_id, standing.operator_id AS filed_by, standing.submitted_on AS filed_on
FROM headed
JOIN above ON above.id = headed.id
JOIN registry.operator o ON o.id = headed.id
JOIN registry.operator head ON head.id = headed.group_id
LEFT JOIN LATERAL (
    SELECT filed.id, filed.operator_id, filed.submitted_on FROM filed
    WHERE filed.covered_id = headed.id AND filed.competent
    ORDER BY filed.submitted_on DESC, filed.id DESC LIMIT 1
) standing ON true
WHERE EXISTS (SELECT FROM headed other WHERE other.group_id = headed.group_id AND other.id <> headed.id);
COMMENT ON VIEW audit_api.group_member_v1 IS 'Groups of operators by parent company and by filings that cover several, and which filing covers which member / 集团成员及其备案覆盖情况';
COMMENT ON COLUMN audit_api.group_member_v1.group_id IS 'Head of the group / 集团牵头单位标识';
COMMENT ON COLUMN audit_api.group_member_v1.group_name IS 'Its name / 牵头单位名称';
COMMENT ON COLUMN audit_api.group_member_v1.operator_id IS 'Member, the head included / 成员标识,含牵头单位';
COMMENT ON COLUMN audit_api.group_member_v1.operator_name IS 'Its name / 成员名称';
COMMENT ON COLUMN audit_api.group_member_v1.via IS 'HEAD, PARENT (has a parent company) or FILING (covered by another''s filing) / 归属依据:牵头、母公司、备案覆盖';
COMMENT ON COLUMN audit_api.group_member_v1.belongs_to IS 'Parent company or filer directly above / 直接上级';
COMMENT ON COLUMN audit_api.group_member_v1.filing_id IS 'Newest first filing with the right authority that covers the member and stands today: not withdrawn, nor returned unless accepted since; empty: none / 覆盖该成员的有效备案,空为无';
COMMENT ON COLUMN audit_api.group_member_v1.filed_by IS 'Who made it / 备案提交人';
COMMENT ON COLUMN audit_api.group_member_v1.filed_on IS 'Day of its submission / 提交日';

-- Persons may be the same in several members: together at least as many as the largest member has, at most the sum.
CREATE OR REPLACE VIEW audit_api.group_count_v1 AS
SELECT
    counted.group_id, counted.day, counted.members, counted.members_counted, counted.persons_low, counted.persons_high,
    threshold.persons AS threshold, counted.largest_high >= threshold.persons AS member_reaches,
    counted.persons_high >= threshold.persons AND counted.largest_high < threshold.persons AS only_group_reaches,
    counted.members_covered
FROM (
    SELECT m.group_id, c.day, size.members, count(*) AS members_counted, max(c.persons_low) AS persons_low,
           sum(c.persons_high)::bigint AS persons_high, max(c.persons_high) AS largest_high,
           count(*) FILTER (WHERE m.filed_on <= c.day) AS members_covered
    FROM audit_api.group_member_v1 m
    JOIN audit_api.person_count_v1 c ON c.operator_id = m.operator_id
    JOIN (SELECT group_id, count(*) AS members FROM audit_api.group_member_v1 GROUP BY group_id) size
        ON size.group_id = m.group_id
    GROUP BY m.group_id, c.day, size.members
) counted
CROSS JOIN LATERAL (
    SELECT p.value::bigint AS persons FROM registry.parameter p
    WHERE p.name = 'storage-reached.threshold' AND p.scope = '*'
    ORDER BY p.valid_from <= counted.day DESC, CASE WHEN p.valid_from <= counted.day THEN counted.day - p.valid_from ELSE p.valid_from - counted.day END
    LIMIT 1
) threshold;
COMMENT ON VIEW audit_api.group_count_v1 IS 'Persons stored by groups of operators; a duty arises for each handler, not for the group / 集团存储人数;备案义务按各处理者分别产生';
COMMENT ON COLUMN audit_api.group_count_v1.group_id IS 'Head of the group, see group_member_v1 / 集团牵头单位标识';
COMMENT ON COLUMN audit_api.group_count_v1.day IS 'Legal day, Asia/Shanghai / 日期';
COMMENT ON COLUMN audit_api.group_count_v1.members IS 'Members in the registry today / 登记成员数';
COMMENT ON COLUMN audit_api.group_count_v1.members_counted IS 'Members with a count on the day; the others are not in the interval / 当日有人数的成员数,其余未计入';
COMMENT ON COLUMN audit_api.group_count_v1.persons_low IS 'At least so many persons: the largest member / 下限:最大成员人数';
COMMENT ON COLUMN audit_api.group_count_v1.persons_high IS 'At most so many persons among the counted members: their sum / 上限:已计成员人数之和';
COMMENT ON COLUMN audit_api.group_count_v1.threshold IS 'Persons at which a handler must file, on the day / 当日法定人数';
COMMENT ON COLUMN audit_api.group_count_v1.member_reaches IS 'A member reaches the threshold by itself, at least possibly / 是否有成员单独达到或可能达到';
COMMENT ON COLUMN audit_api.group_count_v1.only_group_reaches IS 'Together they may reach it, none does by itself / 合计可能达到而无成员单独达到';
COMMENT ON COLUMN audit_api.group_count_v1.members_covered IS 'Counted members covered by a first filing submitted by the day / 当日已被备案覆盖的成员数';

-- A vendor stores for its clients, each of whom is a handler and counted by itself. Who stores for whom is a dated parameter:
-- processed-by.<vendor>, scope the client, 1 from the day it begins and 0 from the day after its last. Whether a mere processor
-- must file is not settled, hence never more than SUSPECTED, and no alert. A client of several systems may keep some of them
-- elsewhere: it adds to the upper bound, not to the lower one. Persons of several clients may be the same.
CREATE OR REPLACE VIEW audit_api.vendor_count_v1 AS
SELECT
    counted.vendor_id, vendor.name AS vendor_name, counted.day, counted.clients, counted.persons_low, counted.persons_high,
    threshold.persons AS threshold, counted.largest_high >= threshold.persons AS client_reaches,
    CASE WHEN counted.persons_high >= threshold.persons THEN 'SUSPECTED' END AS verdict
FROM (
    SELECT substr(p.name, length('processed-by.') + 1) AS vendor_id, c.day, count(*) AS clients,
           coalesce(max(c.persons_low) FILTER (WHERE
               (SELECT count(*) FROM audit_api.source_v1 s WHERE s.operator_id = c.operator_id) = 1), 0) AS persons_low,
           sum(c.persons_high)::bigint AS persons_high, max(c.persons_high) AS largest_high
    FROM registry.parameter p
    JOIN audit_api.person_count_v1 c ON c.operator_id = p.scope AND c.day >= p.valid_from
    WHERE p.name LIKE 'processed-by.%' AND p.value::numeric > 0
        AND NOT EXISTS (SELECT FROM registry.parameter later WHERE later.name = p.name AND later.scope = p.scope
            AND later.valid_from > p.valid_from AND later.valid_from <= c.day)
    GROUP BY 1, 2
) counted
LEFT JOIN registry.operator vendor ON vendor.id = counted.vendor_id
CROSS JOIN LATERAL (
    SELECT p.value::bigint AS persons FROM registry.parameter p
    WHERE p.name = 'storage-reached.threshold' AND p.scope = '*'
    ORDER BY p.valid_from <= counted.day DESC, CASE WHEN p.valid_from <= counted.day THEN counted.day - p.valid_from ELSE p.valid_from - counted.day END
    LIMIT 1
) threshold;
COMMENT ON VIEW audit_api.vendor_count_v1 IS 'Persons whose faces a vendor stores for its clients (parameter processed-by.<vendor>); each client is a handler and judged by itself, whether the vendor must file is not settled / 受托方为各委托方存储的人数;受托方是否须备案尚无定论';
COMMENT ON COLUMN audit_api.vendor_count_v1.vendor_id IS 'Vendor / 受托方标识';
COMMENT ON COLUMN audit_api.vendor_count_v1.vendor_name IS 'Its name, empty if the registry does not know it / 受托方名称,登记簿中没有则为空';
COMMENT ON COLUMN audit_api.vendor_count_v1.day IS 'Legal day, Asia/Shanghai / 日期';
COMMENT ON COLUMN audit_api.vendor_count_v1.clients IS 'Clients of that day with a count / 当日有人数的委托方数';
COMMENT ON COLUMN audit_api.vendor_count_v1.persons_low IS 'At least so many persons: the largest client that has one system only / 下限:只有一个系统的委托方中人数最多者';
COMMENT ON COLUMN audit_api.vendor_count_v1.persons_high IS 'At most so many persons: the sum over the clients / 上限:各委托方之和';
COMMENT ON COLUMN audit_api.vendor_count_v1.threshold IS 'Persons at which a handler must file, on the day / 当日法定人数';
COMMENT ON COLUMN audit_api.vendor_count_v1.client_reaches IS 'A client reaches the threshold by itself, at least possibly / 是否有委托方单独达到或可能达到';
COMMENT ON COLUMN audit_api.vendor_count_v1.verdict IS 'SUSPECTED where the clients together may reach it; a matter for people / 合计可能达到时为 SUSPECTED,须人工判断';

-- R__4 grants what exists when it runs, and runs again only when it changes itself.
GRANT SELECT ON audit_api.forecast_score_v1, audit_api.group_member_v1, audit_api.group_count_v1, audit_api.vendor_count_v1
    TO analyst, auditor, registrar;
