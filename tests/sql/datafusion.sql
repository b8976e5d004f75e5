-- Draw example/2026/001: loads the register and the units carried over (DataFusion)
-- The first two words of each line: id and stratum
-- Commitment 9505cacb7c710ed17125fcc6cb3669e8ddca6c8cd8af6a31f6b3cd64604c3098
-- Seed 4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd
-- Run: datafusion-cli --quiet --format csv -f load.sql query.sql
CREATE EXTERNAL TABLE units_lines (line VARCHAR) STORED AS CSV LOCATION 'units.txt'
OPTIONS ('format.has_header' 'false', 'format.delimiter' E'\x01', 'format.quote' E'\x02');
CREATE TABLE units AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM units_lines WHERE split_part(line, ' ', 2) <> '';
CREATE EXTERNAL TABLE carried_lines (line VARCHAR) STORED AS CSV LOCATION 'carried.txt'
OPTIONS ('format.has_header' 'false', 'format.delimiter' E'\x01', 'format.quote' E'\x02');
CREATE TABLE carried AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM carried_lines WHERE split_part(line, ' ', 2) <> '';

-- Draw example/2026/001: the units drawn, recomputed from the register (DataFusion)
-- Load units, carried first (--load); the rows must be those of drawn.txt, one by one, and behind each k its reserves
-- Commitment 9505cacb7c710ed17125fcc6cb3669e8ddca6c8cd8af6a31f6b3cd64604c3098
-- Seed 4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd
-- Run: datafusion-cli --quiet --format csv -f load.sql query.sql
WITH quotas (place, stratum, k, r, bound) AS (
VALUES
  (1, 'large/z1', 2, 1, '261d950c83fb72eaffffffffffffffffffffffffffffffffffffffffffffffff'),
  (2, 'small', 3, 0, 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff')
), tickets AS (
SELECT q.place, q.stratum, q.k + q.r AS most, q.bound, u.id, coalesce(c.held, 0) AS held,
       encode(sha256(concat('yaohao/ticket/v1', chr(10),
         '4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd', chr(10), q.stratum, chr(10), u.id, chr(10))), 'hex') AS digest
FROM units u
JOIN quotas q ON q.stratum = u.standing
LEFT JOIN (SELECT id AS unit, 1 AS held FROM carried) c ON c.unit = u.id
), ranked AS (
SELECT place, stratum, most, id, digest,
       row_number() OVER (PARTITION BY place ORDER BY held DESC, digest, id) AS n
FROM tickets
WHERE digest <= bound OR held = 1
)
SELECT stratum, n AS "rank", id AS id, digest AS ticket
FROM ranked
WHERE n <= most
ORDER BY place, n;
