-- Groups that reach the threshold together while no member does by itself, on their newest day, and who of them is covered
-- by which filing. Each handler has its own duty: a hint, no breach. 合计达到而无成员单独达到的集团
SELECT g.group_id, g.day, g.persons_low, g.persons_high, g.threshold, g.members_counted, g.members,
       string_agg(m.operator_id || coalesce(' (' || m.filing_id || ')', ''), ', ' ORDER BY m.operator_id) AS members_and_filings
FROM audit_api.group_count_v1 g
JOIN audit_api.group_member_v1 m ON m.group_id = g.group_id
WHERE g.only_group_reaches AND g.day = (SELECT max(day) FROM audit_api.group_count_v1 newest WHERE newest.group_id = g.group_id)
GROUP BY g.group_id, g.day, g.persons_low, g.persons_high, g.threshold, g.members_counted, g.members
ORDER BY g.persons_high DESC;
