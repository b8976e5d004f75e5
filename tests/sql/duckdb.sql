-- Draw example/2026/001: loads the register and the units carried over (DuckDB)
-- The first two words of each line: id and stratum
-- Commitment 9505cacb7c710ed17125fcc6cb3669e8ddca6c8cd8af6a31f6b3cd64604c3098
-- Seed 4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd
-- Run: cat load.sql query.sql | duckdb -csv
CREATE TABLE units AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM read_csv('units.txt', header = false, auto_detect = false, delim = E'\x01', quote = '', escape = '',
              columns = {'line': 'VARCHAR'})
WHERE split_part(line, ' ', 2) <> '';
CREATE TABLE carried AS
SELECT split_part(line, ' ', 1) AS id, split_part(line, ' ', 2) AS standing
FROM read_csv('carried.txt', header = false, auto_detect = false, delim = E'\x01', quote = '', escape = '',
              columns = {'line': 'VARCHAR'})
WHERE split_part(line, ' ', 2) <> '';

-- Draw example/2026/001: the units drawn, recomputed from the register (DuckDB)
-- Load units, carried first (--load); the rows must be those of drawn.txt, one by one, and behind each k its reserves
-- Commitment 9505cacb7c710ed17125fcc6cb3669e8ddca6c8cd8af6a31f6b3cd64604c3098
-- Seed 4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd
-- Run: cat load.sql query.sql | duckdb -csv
WITH quotas (place, stratum, k, r, bound) AS (
VALUES
  (1, 'large/z1', 2, 1, '261d950c83fb72eaffffffffffffffffffffffffffffffffffffffffffffffff'),
  (2, 'small', 3, 0, 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff')
), tickets AS (
SELECT q.place, q.stratum, q.k + q.r AS most, q.bound, u.id, coalesce(c.held, 0) AS held,
       unhex(sha256(concat('yaohao/ticket/v1', chr(10),
         '4ec7c53222c8a758c722e2111541035ce700d5ae7bd0898c5f1b1a743e6450fd', chr(10), q.stratum, chr(10), u.id, chr(10)))) AS digest
FROM units u
JOIN quotas q ON encode(q.stratum) = encode(u.standing)
LEFT JOIN (SELECT encode(id) AS unit, 1 AS held FROM carried) c ON c.unit = encode(u.id)
), ranked AS (
SELECT place, stratum, most, id, digest,
       row_number() OVER (PARTITION BY place ORDER BY held DESC, digest, encode(id)) AS n
FROM tickets
WHERE digest <= unhex(bound) OR held = 1
)
SELECT stratum, n AS "rank", id AS id, lower(hex(digest)) AS ticket
FROM ranked
WHERE n <= most
ORDER BY place, n;
