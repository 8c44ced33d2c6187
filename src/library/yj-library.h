/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-conversation.h"
#include "yj-kept-reference.h"
#include "yj-prompt.h"

G_BEGIN_DECLS

#define YJ_LIBRARY_ERROR (yj_library_error_quark ())
GQuark yj_library_error_quark (void);
typedef enum
{
  YJ_LIBRARY_ERROR_NEWER,       /* made by a newer version of the program */
  YJ_LIBRARY_ERROR_DAMAGED,     /* no SQLite file, or its check fails */
  YJ_LIBRARY_ERROR_FULL,        /* no room on the disk */
  YJ_LIBRARY_ERROR_READ_ONLY,   /* no right to write there */
  YJ_LIBRARY_ERROR_BUSY,        /* another process holds it for longer than the wait */
  YJ_LIBRARY_ERROR_FAILED,      /* any other; the message is SQLite's */
} YjLibraryError;

/* ---- what the library keeps of a job: a plain row, written whole */
typedef struct
{
  gint64  id;                   /* row id; 0: not stored yet */
  char   *uuid;                 /* our own name of it; also the base name of its files */
  char   *state;                /* a state's name of design: "waiting", "submitting", … */
  char   *origin;               /* base URL it was or will be sent to */
  char   *mode;                 /* "t2v", "i2v", "r2v" */
  char   *model_id;             /* YjModel id */
  char   *model_name;           /* for people and scripts */
  char   *prompt;
  char   *recipe;               /* JSON of the draft, its files inside the library */
  char   *task_id;              /* NULL until the platform gave one */
  char   *video_uri;            /* where the result is fetched from */
  char   *image_uri;
  char   *usage;                /* JSON as it came */
  char   *error;                /* the platform's or the system's own words */
  int     error_code;           /* a YjError, -1: none */
  char   *etag;                 /* of a half-made download */
  char   *file;                 /* name of the video below videos/, NULL until ready */
  char   *cover;                /* name of the cover picture below videos/, or NULL */
  int     width;                /* px; facts of the finished file, 0 until known */
  int     height;
  gint64  duration;             /* ns */
  gint64  size;                 /* bytes */
  gint64  created;              /* µs since 1970, UTC, as all times */
  gint64  submitted;            /* 0: not yet */
  gint64  finished;             /* 0: not yet */
  gint64  position;             /* order among the waiting ones */
  gboolean favourite;
  char   *prompt_sent;          /* the prompt as the model got it, NULL before */
  char   *parents;              /* lines "WORD UUID": of what it was made, or NULL */
  char   *times;                /* lines "STATE µs": since when it was in which, or NULL */
  char   *batch;                /* the same for jobs that were ordered together, or NULL */
  gint64  waited;               /* µs that the platform took, 0: not seen as a whole */
  gint64  trashed;              /* when it was thrown away, 0: it was not */
  char   *tags;                 /* one a line, or NULL */
  char   *folded;               /* the uuid of the job behind which it lies, or NULL */
} YjJobRow;

YjJobRow *yj_job_row_new  (void);
YjJobRow *yj_job_row_copy (const YjJobRow *row);
void      yj_job_row_free (YjJobRow       *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjJobRow, yj_job_row_free)

/* ---- a draft of a video: a plain row, written whole */
typedef struct
{
  gint64  id;                   /* 0: not stored yet */
  char   *name;                 /* given by the person, or "" */
  char   *recipe;               /* JSON of the draft */
  gint64  position;             /* their order */
  gint64  shown;                /* µs since 1970, UTC; the greatest is on show */
} YjDraftRow;

YjDraftRow *yj_draft_row_copy (const YjDraftRow *row);
void        yj_draft_row_free (YjDraftRow       *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjDraftRow, yj_draft_row_free)

/* ---- a file kept byte for byte, under its hash */
typedef struct
{
  char   *sha256;               /* 64 hex digits */
  GFile  *file;                 /* inside the library: references/ab/abcdef….jpg */
  gint64  size;
} YjReference;

void yj_reference_free (YjReference *reference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjReference, yj_reference_free)

#define YJ_TYPE_LIBRARY (yj_library_get_type ())
G_DECLARE_FINAL_TYPE (YjLibrary, yj_library, YJ, LIBRARY, GObject)

/* Where the library lies: YUANJING_DATA_DIR, else in the user's data folder. */
GFile           *yj_library_new_default_folder   (void);
/* @folder: holds library.db, videos/, references/; made (0700) when missing. */
void             yj_library_open_async           (GFile                *folder,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
YjLibrary       *yj_library_open_finish          (GAsyncResult         *result,
                                                  GError              **error);
GFile           *yj_library_get_folder           (YjLibrary            *self);
GFile           *yj_library_get_videos_folder    (YjLibrary            *self);
/* Waits until all that was asked is on disk; then the connection is closed. */
void             yj_library_close_async          (YjLibrary            *self,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         yj_library_close_finish         (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* Conversations: a live GListModel of YjConversation, latest first, filled by open. */
GListModel      *yj_library_get_conversations    (YjLibrary            *self);
/* At once in the list; its row is written with its first message. */
YjConversation  *yj_library_new_conversation     (YjLibrary            *self);
void             yj_library_load_conversation_async  (YjLibrary           *self,
                                                      YjConversation      *conversation,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
gboolean         yj_library_load_conversation_finish (YjLibrary           *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
/* Sets title, model, system prompt or draft as set by g_object_set () and stores them. */
void             yj_library_save_conversation    (YjLibrary            *self,
                                                  YjConversation       *conversation);
/* Days that a conversation stays in the trash. */
#define YJ_TRASH_DAYS 30
/* Out of the list, into the trash; undo puts it back. One that holds nothing goes for good. */
void             yj_library_trash_conversation   (YjLibrary            *self,
                                                  YjConversation       *conversation);
void             yj_library_restore_conversation (YjLibrary            *self,
                                                  YjConversation       *conversation);
/* Out of the list and the trash, for good. */
void             yj_library_delete_conversation  (YjLibrary            *self,
                                                  YjConversation       *conversation);
/* What is in the trash: a live GListModel of YjConversation, the last one first, filled by open. */
GListModel      *yj_library_get_trash            (YjLibrary            *self);
/* Appended to the conversation at once, stored behind; a failure is told by signal "failed" (GError). */
YjMessage       *yj_library_add_message          (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  YjMessageRole         role,
                                                  const char           *text);
/* The same below another message than the last one that is shown; NULL: as a beginning. */
YjMessage       *yj_library_add_message_below    (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  YjMessage            *parent,
                                                  YjMessageRole         role,
                                                  const char           *text);
/* Another version of a question, which takes over what follows the old one; that stays, with nothing behind it. */
YjMessage       *yj_library_edit_message         (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  YjMessage            *message,
                                                  const char           *text);
/* Has the branch go through @message, from now on and after a restart. */
void             yj_library_choose_message       (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  YjMessage            *message);
YjMessage       *yj_library_choose_id            (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  gint64                id);
/* With all that hangs below it; kept for 30 days. Undo brings it all back. */
void             yj_library_trash_message        (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  YjMessage            *message);
void             yj_library_restore_message      (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  YjMessage            *message);
/* Stores what waits in the conversation, as it is now. */
void             yj_library_save_waiting         (YjLibrary            *self,
                                                  YjConversation       *conversation);
/* Writes the message as it is now. Signal "failed" as above. */
void             yj_library_save_message         (YjLibrary            *self,
                                                  YjMessage            *message);
/* What goes with the draft: see yj_conversation_get_attachments (). Written behind; "failed" as above. */
void             yj_library_load_attachments_async  (YjLibrary           *self,
                                                     YjConversation      *conversation,
                                                     GCancellable        *cancellable,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean         yj_library_load_attachments_finish (YjLibrary           *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);
void             yj_library_save_attachments     (YjLibrary            *self,
                                                  YjConversation       *conversation);
/* The last questions, those of @conversation first. */
void             yj_library_list_questions_async (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GStrv            yj_library_list_questions_finish (YjLibrary           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* Prompts kept for later: a live GListModel of YjPrompt. Written behind; "failed" as above. */
GListModel      *yj_library_get_prompts          (YjLibrary            *self);
/* The same for recipes, which are saved and deleted as prompts are. */
GListModel      *yj_library_get_recipes          (YjLibrary            *self);
void             yj_library_save_prompt          (YjLibrary            *self,
                                                  YjPrompt             *prompt);
void             yj_library_delete_prompt        (YjLibrary            *self,
                                                  YjPrompt             *prompt);
/* Ids of conversations (GArray of gint64) whose texts or title hold every word of @query; two Han characters are enough. */
void             yj_library_search_async         (YjLibrary            *self,
                                                  const char           *query,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GArray          *yj_library_search_finish        (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* Where in a conversation that was found. */
typedef struct
{
  gint64  message;              /* 0: only its title has the words */
  char   *words;                /* those that are next to each other there */
  char   *snippet;              /* one line around them, or NULL */
  guint   start;                /* of the words, bytes into the snippet */
  guint   end;
} YjSearchHit;

void             yj_search_hit_free              (YjSearchHit          *hit);
void             yj_library_find_hit_async       (YjLibrary            *self,
                                                  YjConversation       *conversation,
                                                  const char           *query,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
YjSearchHit     *yj_library_find_hit_finish      (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjSearchHit, yj_search_hit_free)

/* Jobs: rows; the machine above gives them sense. Each call is one transaction, on disk when it finishes. */
void             yj_library_load_jobs_async      (YjLibrary            *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GPtrArray       *yj_library_load_jobs_finish     (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* Inserts (id 0) or replaces; the row is copied before the call returns. Finish gives the id. */
void             yj_library_save_job_async       (YjLibrary            *self,
                                                  const YjJobRow       *row,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gint64           yj_library_save_job_finish      (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* New rows (GPtrArray of YjJobRow, taken over), all of them or none. Finish gives them back with their ids. */
void             yj_library_add_jobs_async       (YjLibrary            *self,
                                                  GPtrArray            *rows,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GPtrArray       *yj_library_add_jobs_finish      (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void             yj_library_delete_job_async     (YjLibrary            *self,
                                                  gint64                id,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         yj_library_delete_job_finish    (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* What a person says of jobs, all of @ids (gint64) in one transaction. It is no part of the way that a job takes, so that
   it may be written whoever drives it. A failure is also told by signal "failed". */
typedef enum
{
  YJ_JOB_MARK_FAVOURITE,        /* value: whether it is one */
  YJ_JOB_MARK_TRASHED,          /* value: when, µs since 1970; 0: it is back */
  YJ_JOB_MARK_TAG,              /* value: whether it has the tag */
  YJ_JOB_MARK_FOLDED,           /* tag: the uuid of the job behind which it lies, or NULL */
} YjJobMark;
void             yj_library_mark_jobs_async      (YjLibrary            *self,
                                                  GArray               *ids,
                                                  YjJobMark             mark,
                                                  gint64                value,
                                                  const char           *tag,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         yj_library_mark_jobs_finish     (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* On all jobs that have it; where the other one is too, one of them stays. NULL as the new name takes it away. */
void             yj_library_rename_tag_async     (YjLibrary            *self,
                                                  const char           *tag,
                                                  const char           *to,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         yj_library_rename_tag_finish    (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* Those of @ids that are in the trash, for good, with their videos and covers. Finish gives the ids (GArray of gint64)
   that went. */
void             yj_library_delete_trashed_async (YjLibrary            *self,
                                                  GArray               *ids,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GArray          *yj_library_delete_trashed_finish (YjLibrary           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* A lease: which process drives a job. TRUE when @owner (a unique name) has it now; stale ones (their
   process is gone) are taken over in the same transaction. */
void             yj_library_lease_job_async      (YjLibrary            *self,
                                                  gint64                id,
                                                  const char           *owner,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         yj_library_lease_job_finish     (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  gboolean             *leased,
                                                  GError              **error);
/* Signal "jobs-changed" (): another process wrote to the library. */

/* Drafts of videos. Saved in the order of the calls; a row without a recipe goes. */
void             yj_library_load_drafts_async    (YjLibrary            *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GPtrArray       *yj_library_load_drafts_finish   (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void             yj_library_save_draft_async     (YjLibrary            *self,
                                                  YjDraftRow           *row,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean         yj_library_save_draft_finish    (YjLibrary            *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* References: copied byte for byte and hashed on the way, once per content. */
void             yj_library_keep_reference_async (YjLibrary            *self,
                                                  GFile                *file,
                                                  const char           *extension, /* "jpg", without dot */
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
YjReference     *yj_library_keep_reference_finish (YjLibrary           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* Those that jobs have used, the last first: a GListModel of YjKeptReference. */
void             yj_library_list_references_async  (YjLibrary            *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GListModel      *yj_library_list_references_finish (YjLibrary            *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
/* After its name or note was changed. */
void             yj_library_save_reference         (YjLibrary            *self,
                                                    YjKeptReference      *reference);


/* Deletes what was pasted or fetched into @folder and no job or draft has named for 30 days. */
void         yj_library_tidy_pasted   (YjLibrary *self,
                                       GFile     *folder);

G_END_DECLS
