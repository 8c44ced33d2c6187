/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job, as it is shown and waited for. */
#pragma once

#include "yj-cli.h"

G_BEGIN_DECLS

/* A state in words of the person's language. */
const char *yj_cli_state_text     (YjJobState      state);
/* Prints the JSON object of a job: id, state, taskid, mode, model, prompt, file, error. */
void        yj_cli_print_row      (YjLibrary      *library,
                                   const YjJobRow *row);
void        yj_cli_print_job      (YjJob          *job);
/* NULL when there is none. */
char       *yj_cli_dup_video_path (YjLibrary      *library,
                                   const char     *name);
/* Whether @output can be written: said before anything is paid for. NULL is fine. */
gboolean    yj_cli_check_output   (const char     *output);
gboolean    yj_cli_copy_video     (YjCli          *cli,
                                   GFile          *video,
                                   const char     *output,
                                   GError        **error);
/* Waits for the end of a job, or with @until_sent for its task id; puts the video into @output; prints what became of
   it. Returns the exit status. */
int         yj_cli_follow         (YjCli          *cli,
                                   YjJob          *job,
                                   gboolean        until_sent,
                                   const char     *output);

/* ---- progress, on standard error: a line that is written over on a terminal, else a line per change */
typedef struct
{
  gboolean  terminal;
  char     *shown;              /* the last line */
  gint64    since;              /* of the state shown, monotonic µs */
  int       state;
} YjCliProgress;

YjCliProgress *yj_cli_progress_new   (void);
void           yj_cli_progress_free  (YjCliProgress *self);
/* @moved, @total: bytes of the transfer, below 0: none, unknown. */
void           yj_cli_progress_show  (YjCliProgress *self,
                                      YjJobState     state,
                                      const char    *task_id,
                                      gint64         moved,
                                      gint64         total);
/* Takes the line away, so that something else can be written. */
void           yj_cli_progress_clear (YjCliProgress *self);

G_END_DECLS
