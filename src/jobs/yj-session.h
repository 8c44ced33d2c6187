/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-chat.h"
#include "yj-draft-list.h"
#include "yj-job-queue.h"
#include "yj-secrets.h"
#include "yj-videos-move.h"

G_BEGIN_DECLS

/* Everything a front end works with, put together: the window and the command line share it.
   Properties with notify: "platform" (YjPlatform, NULL: no key yet), "sandbox" (boolean: the platform is our own local
   one), "base-url" (string), "key-error" (GError boxed: why the keyring gave no key, or NULL), "catalog-error" (why the
   person's own models.json is not used), "platform-error" (why the sandbox is gone). */
#define YJ_TYPE_SESSION (yj_session_get_type ())
G_DECLARE_FINAL_TYPE (YjSession, yj_session, YJ, SESSION, GObject)

/* @base_url: NULL: YUANJING_BASE_URL, else @default_base_url (what is stored), else the platform's own. */
YjSession   *yj_session_new               (const char           *base_url,
                                           const char           *default_base_url);
/* Opens the library (YUANJING_DATA_DIR, else the user's data folder), the catalogue with the person's own file over
   it, the key (YUANJING_API_KEY, else the keyring), the queue. @drive_jobs: whether jobs found there go on. */
void         yj_session_open_async        (YjSession            *self,
                                           gboolean              drive_jobs,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     yj_session_open_finish       (YjSession            *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* Starts yuanjing-sandbox as a subprocess that ends with us, and makes it the platform. */
void         yj_session_start_sandbox_async  (YjSession            *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean     yj_session_start_sandbox_finish (YjSession            *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* Takes a key; @remember: into the keyring, else for this run. Leaves the sandbox. When the keyring refuses, the
   error is its own and the key is still used for this run. */
void         yj_session_use_key_async     (YjSession            *self,
                                           const char           *base_url,
                                           const char           *key,
                                           gboolean              remember,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     yj_session_use_key_finish    (YjSession            *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* Takes the key out of the keyring and forgets it. */
void         yj_session_forget_key_async  (YjSession            *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     yj_session_forget_key_finish (YjSession            *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* Writes what is pending and closes the library. */
void         yj_session_close_async       (YjSession            *self,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     yj_session_close_finish      (YjSession            *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* NULL until opened, all but base_url. */
YjLibrary   *yj_session_get_library       (YjSession            *self);
YjCatalog   *yj_session_get_catalog       (YjSession            *self);
YjJobQueue  *yj_session_get_queue         (YjSession            *self);
YjVideosMove *yj_session_get_videos_move  (YjSession            *self);
YjDraftList *yj_session_get_drafts        (YjSession            *self);
YjChat      *yj_session_get_chat          (YjSession            *self);
YjPlatform  *yj_session_get_platform      (YjSession            *self);
const char  *yj_session_get_base_url      (YjSession            *self);
gboolean     yj_session_get_sandbox       (YjSession            *self);
/* Keeps the person's own changes to the catalogue (llmids) in the config folder. */
void         yj_session_save_catalog      (YjSession            *self);
void         yj_session_wait_for_catalog  (YjSession            *self,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void         yj_session_read_catalog_async (YjSession           *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     yj_session_read_catalog_finish (YjSession          *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* The person's own changes to the catalogue. */
GFile       *yj_session_new_overlay_file  (void);

G_END_DECLS
