-- What stands in brackets is an item (项), not a paragraph (款).
UPDATE registry.rule SET article = replace(article, '第(五)款', '第(五)项') WHERE article LIKE '%第(五)款%';
COMMENT ON COLUMN registry.rule.article IS 'Articles, joined by "; ", each as "law 第n条[第m款]", "law 第n条[第(m)项]" or "standard §n" and a row of registry.article / 依据条文';
