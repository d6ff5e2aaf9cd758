-- JQL: words of summaries and comments, and issues by age. Punctuation becomes blanks, so that the
-- parser sees letters and digits alone; src/store/issue-search-text.ts writes the same expression.

create index issue_words on issue
  using gin (to_tsvector('simple', translate(summary, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                                ')));
create index worklog_words on worklog
  using gin (to_tsvector('simple', translate(comment, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                                ')))
  where deleted_at is null and comment <> '';

-- What a search without ORDER BY goes by, and a page after it.
create index issue_created on issue (site_id, created_at, id);
