-- A copy of a production database must not write to real customers, nor answer for the original.
UPDATE wa_account
   SET access_token = NULL,
       app_secret = NULL,
       app_secret_previous = NULL,
       verify_token = NULL,
       webhook_key = md5(random()::text || id::text),
       is_stopped = TRUE,
       stop_reason = 'Neutralized copy of a database';
UPDATE wa_message SET state = 'cancelled' WHERE state IN ('queued', 'sending');
UPDATE wa_media SET state = 'failed' WHERE state IN ('pending', 'fetching');
