/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjSession share. */
#pragma once

#include "yj-sandbox-process.h"
#include "yj-session.h"

G_BEGIN_DECLS

struct _YjSession
{
  GObject           parent_instance;

  char             *base_url;   /* of the platform that a key is for; the sandbox has its own */
  YjLibrary        *library;
  YjVideosMove     *videos_move;
  YjCatalog        *catalog;
  YjSecrets        *secrets;
  YjJobQueue       *queue;
  YjDraftList      *drafts;
  YjChat           *chat;
  YjPlatform       *platform;
  YjSandboxProcess *sandbox;    /* NULL: the platform is not our own local one */
  GError           *key_error;
  GError           *catalog_error;
  GError           *platform_error;
  char             *catalog_etag; /* of the person's own file as it was read or written last; NULL: there was none to read */
  GQueue            catalog_waiters; /* tasks that wait until the person's own models are on disk */
  gboolean          saving_catalog;
  gboolean          save_catalog_again;
  guint             choice;     /* counts the person's choices of a platform: an older answer does not undo a newer */
  gboolean          drive_jobs;
};

void        yj_session_set_error        (YjSession        *self,
                                         const char       *name,
                                         const GError     *error);
void        yj_session_set_platform     (YjSession        *self,
                                         YjPlatform       *platform,
                                         YjSandboxProcess *sandbox);
/* Has the ledger note what the answers of @platform use. */
void        yj_session_watch_chats      (YjSession        *self,
                                         YjPlatform       *platform,
                                         gboolean          sandbox);
void        yj_session_take_key         (YjSession        *self,
                                         const char       *key);
char       *yj_session_dup_base_url     (const char       *base_url);
const char *yj_session_first_given      (const char       *one,
                                         const char       *two,
                                         const char       *three);

G_END_DECLS
