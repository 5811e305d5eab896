-- Whether something earlier of the same chat, or for the same person, is still open is asked at each taking: by index,
-- not by comparing all that is open with each other.
CREATE INDEX "inbox_open_chat" ON "inbox" ("chat_id", "seq") WHERE "status" IN ('pending', 'working');
CREATE INDEX "notice_open_person" ON "notice" ("person_id", "due_at", "id") WHERE "status" IN ('pending', 'sending');
