-- The audit by time: who looks something up knows when it was, not under which number.

create index audit_at on audit (site_id, at, seq);
