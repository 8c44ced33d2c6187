/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjLibrary share. */
#pragma once

#include "yj-conversation-private.h"
#include "yj-database.h"
#include "yj-library.h"

G_BEGIN_DECLS

struct _YjLibrary
{
  GObject       parent_instance;
  GFile        *folder;
  GFile        *videos;
  YjDatabase   *database;       /* NULL once closed */
  GListStore   *conversations;
  GListStore   *prompts;        /* of YjPrompt; NULL until asked for */
  GListStore   *recipes;        /* the same */
  GListStore   *trash;          /* of YjConversation, the last one first */
  GFileMonitor *monitor;        /* of the write-ahead log: another process wrote */
  gint64        data_version;   /* SQLite's counter of what others wrote, as last seen */
  gboolean      looking;        /* a look at it is under way */
  gboolean      look_again;     /* and came perhaps too early */
  int           lock_fd;        /* library.lock */
  gint64        holder;         /* our byte of it, locked while we live */
  gint64        last_id;

  GArray       *members;        /* of the search, on the thread of the database: which message is where; NULL: not asked yet */
  GHashTable   *unsaved;        /* messages, conversations and prompts whose last write failed */
  GHashTable   *unsaved_drafts; /* conversations of which the attachments did */

  /* What waits to be written, by id; a later save of the same thing joins it. */
  GMutex        lock;
  GHashTable   *messages;       /* YjMessageRow */
  GHashTable   *rows;           /* YjConversationRow */
};

gint64   yj_library_new_id      (YjLibrary           *self);
void     yj_library_push        (YjLibrary           *self,
                                 GTask               *task,
                                 YjDatabaseFunc       func);
/* Moves it to where its time belongs, as one change, so that a selection stays with it. */
void     yj_library_put_in_order (YjLibrary          *self,
                                  YjConversation     *conversation);
/* The last one first. */
int      yj_library_compare_trashed (gconstpointer    a,
                                     gconstpointer    b,
                                     gpointer         user_data);
/* Tells "failed"; takes the error. */
void     yj_library_tell_failed (YjLibrary           *self,
                                 GError              *error);
YjMessage *yj_library_make_message (YjLibrary         *self,
                                  YjConversation      *conversation,
                                  YjMessage           *parent,
                                  YjMessageRole        role,
                                  const char          *text,
                                  YjMessage           *adopted);
/* Saves what a failure kept out. */
void     yj_library_try_again   (YjLibrary           *self);
/* Only what goes with its draft, not its own row. */
void     yj_library_push_attachments (YjLibrary      *self,
                                      YjConversation *conversation);
/* As it is in the list now; or it goes, if it is not in the list any more. */
void     yj_library_push_prompt (YjLibrary           *self,
                                 YjPrompt            *prompt);

/* ---- rows, on the thread of the database; the two that write are bodies of transactions */
gboolean   yj_rows_write_message       (YjDatabase *database,
                                        gpointer    row,        /* YjMessageRow */
                                        GError    **error);
/* Which messages were deleted or brought back, and when: 0: they are back. */
typedef struct
{
  GArray *ids;
  gint64  when;
} YjTrashRow;
gboolean   yj_rows_trash_messages      (YjDatabase *database,
                                        gpointer    row,        /* YjTrashRow */
                                        GError    **error);
typedef struct
{
  gint64  conversation;
  GStrv   texts;
} YjWaitingRow;
gboolean   yj_rows_write_waiting       (YjDatabase *database,
                                        gpointer    row,        /* YjWaitingRow */
                                        GError    **error);
GStrv      yj_rows_read_waiting        (YjDatabase *database,
                                        gint64      conversation,
                                        GError    **error);
gboolean   yj_rows_write_conversation  (YjDatabase *database,
                                        gpointer    row,        /* YjConversationRow */
                                        GError    **error);
GPtrArray *yj_rows_read_messages       (YjDatabase *database,
                                        gint64      conversation,
                                        GError    **error);
/* One; NULL with an error when it is not there. */
YjMessageRow      *yj_rows_read_message      (YjDatabase *database,
                                              gint64      id,
                                              GError    **error);
YjConversationRow *yj_rows_read_conversation (YjDatabase *database,
                                              gint64      id,
                                              GError    **error);
GPtrArray *yj_rows_read_conversations  (YjDatabase *database,
                                        GError    **error);
/* Deletes what had been in the trash for YJ_TRASH_DAYS at @now, and what was begun a day before and holds nothing. */
gboolean   yj_rows_purge_trash         (YjDatabase *database,
                                        gint64      now,        /* µs since 1970, UTC */
                                        GError    **error);
gboolean   yj_rows_delete_conversation (YjDatabase *database,
                                        gpointer    id,         /* gint64 */
                                        GError    **error);
/* A conversation in which there is nothing, as far as is known here. */
typedef struct
{
  gint64   id;
  gint64   when;        /* µs since 1970, UTC */
  gboolean kept;        /* set: it has messages that were deleted, so it is in the trash since @when */
} YjDropRow;
gboolean   yj_rows_drop_conversation   (YjDatabase *database,
                                        gpointer    row,        /* YjDropRow */
                                        GError    **error);
/* Ends what was streaming when its process ended, and empties the old trash. */
gboolean   yj_rows_tidy                (YjDatabase *database,
                                        GError    **error);

/* ---- searching, on the thread of the database */
GArray      *yj_search_members_new      (void);
GArray      *yj_search_conversations    (YjDatabase    *database,
                                         GArray        *members,        /* of yj_search_members_new () */
                                         GHashTable    *among,          /* set of gint64; NULL: all */
                                         const char    *query,
                                         GCancellable  *cancellable,
                                         GError       **error);
YjSearchHit *yj_search_find_hit         (YjDatabase    *database,
                                         gint64         conversation,
                                         const char    *string,
                                         GCancellable  *cancellable,
                                         GError       **error);
YjSearchHit *yj_search_find_in_text     (const char    *text,
                                         const char    *string);

/* ---- references */
/* From now on counts the month that the files of @recipe may lie unused in the library at @folder. */
void     yj_library_renew_references   (const char   *folder,
                                        const char   *recipe);
/* Removes files that no job has needed for a month and copies that were never finished. */
void     yj_library_tidy_references    (YjLibrary    *self);

G_END_DECLS
