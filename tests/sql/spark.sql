-- Draw example/2026/001: loads the register and the units carried over (Spark SQL)
-- The first two words of each line: id and stratum
-- Commitment 9505cacb7c710ed17125fcc6cb3669e8ddca6c8cd8af6a31f6b3cd64604c3098
-- Seed 4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd
-- Run: cat load.sql query.sql > both.sql; spark-sql -f both.sql
CREATE TEMPORARY VIEW units AS
SELECT split_part(value, ' ', 1) AS id, split_part(value, ' ', 2) AS standing
FROM text.`units.txt` WHERE split_part(value, ' ', 2) <> '';
CREATE TEMPORARY VIEW carried AS
SELECT split_part(value, ' ', 1) AS id, split_part(value, ' ', 2) AS standing
FROM text.`carried.txt` WHERE split_part(value, ' ', 2) <> '';

-- Draw example/2026/001: the units drawn, recomputed from the register (Spark SQL)
-- Load units, carried first (--load); the rows must be those of drawn.txt, one by one, and behind each k its reserves
-- Commitment 9505cacb7c710ed17125fcc6cb3669e8ddca6c8cd8af6a31f6b3cd64604c3098
-- Seed 4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd
-- Run: cat load.sql query.sql > both.sql; spark-sql -f both.sql
WITH quotas (place, stratum, k, r, bound) AS (
VALUES
  (1, 'large/z1', 2, 1, '261d950c83fb72eaffffffffffffffffffffffffffffffffffffffffffffffff'),
  (2, 'small', 3, 0, 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff')
), tickets AS (
SELECT q.place, q.stratum, q.k + q.r AS most, q.bound, u.id, coalesce(c.held, 0) AS held,
       unhex(sha2(concat('yaohao/ticket/v1', char(10),
         '4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd', char(10), q.stratum, char(10), u.id, char(10)), 256)) AS digest
FROM units u
JOIN quotas q ON CAST(q.stratum AS BINARY) = CAST(u.standing AS BINARY)
LEFT JOIN (SELECT CAST(id AS BINARY) AS unit, 1 AS held FROM carried) c ON c.unit = CAST(u.id AS BINARY)
), ranked AS (
SELECT place, stratum, most, id, digest,
       row_number() OVER (PARTITION BY place ORDER BY held DESC, digest, CAST(id AS BINARY)) AS n
FROM tickets
WHERE digest <= unhex(bound) OR held = 1
)
SELECT stratum, n AS `rank`, id AS id, lower(hex(digest)) AS ticket
FROM ranked
WHERE n <= most
ORDER BY place, n;
