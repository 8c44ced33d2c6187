/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands of yuanjing-cli share. */
#pragma once

#include "yj-session.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  YJ_EXIT_DONE = 0,
  YJ_EXIT_FAILED = 1,           /* anything that has no number of its own */
  YJ_EXIT_USAGE = 2,
  YJ_EXIT_KEY = 3,              /* none, or refused */
  YJ_EXIT_BALANCE = 4,
  YJ_EXIT_INVALID = 5,          /* refused before it was sent, or by the platform as incomplete */
  YJ_EXIT_NETWORK = 6,
  YJ_EXIT_JOB = 7,              /* the job failed */
  YJ_EXIT_UNCONFIRMED = 8,      /* may have been accepted and charged */
  YJ_EXIT_INTERRUPTED = 130,
} YjExit;

typedef struct
{
  gboolean      sandbox;
  gboolean      json;
  char         *base_url;       /* as given, or NULL */
  YjSession    *session;
  GCancellable *cancellable;    /* cancelled by Ctrl+C */
  gboolean      interrupted;
} YjCli;

/* ---- one file each: @argv[0] is the command's name */
int      yj_cli_models      (YjCli          *cli,
                             int             argc,
                             char          **argv);
int      yj_cli_chat        (YjCli          *cli,
                             int             argc,
                             char          **argv);
int      yj_cli_create      (YjCli          *cli,
                             int             argc,
                             char          **argv);
int      yj_cli_task        (YjCli          *cli,
                             int             argc,
                             char          **argv);
int      yj_cli_jobs        (YjCli          *cli,
                             int             argc,
                             char          **argv);
int      yj_cli_key         (YjCli          *cli,
                             int             argc,
                             char          **argv);

/* ---- the command line */
/* Runs the command that @argv names, from its parsing to its clean end. */
int      yj_cli_run         (int             argc,
                             char          **argv);
/* Parses the options of a command, the common ones among them. FALSE: *status is what to exit with. */
gboolean yj_cli_parse       (YjCli              *cli,
                             int                *argc,
                             char             ***argv,
                             const GOptionEntry *entries,
                             const char         *parameters,
                             const char         *summary,
                             int                *status);
/* Says what is wrong with the command line; returns YJ_EXIT_USAGE. */
int      yj_cli_misused     (const char     *format,
                             ...) G_GNUC_PRINTF (1, 2);

/* ---- waiting, on the main context */
#define yj_cli_wait_for(condition) \
  G_STMT_START { while (!(condition)) g_main_context_iteration (NULL, TRUE); } G_STMT_END
/* A GAsyncReadyCallback that keeps the result where @user_data, a GAsyncResult **, points. */
void     yj_cli_take_result (GObject        *object,
                             GAsyncResult   *result,
                             gpointer        user_data);

/* ---- the session */
YjSession *yj_cli_new_session (YjCli        *cli);
/* What the person set in the window; NULL: that setting is not installed. */
GSettings *yj_cli_new_settings (const char   *key);
/* Opens it, with the sandbox when asked for. YJ_EXIT_DONE, or what to exit with after it was said why. */
int      yj_cli_open        (YjCli          *cli,
                             gboolean        drive_jobs);
/* The same, and then there is a platform to ask. */
int      yj_cli_open_platform (YjCli        *cli,
                             gboolean        drive_jobs);
/* Reads standard input, up to its end or one line of it; NULL: Ctrl+C, or it cannot be read. */
char    *yj_cli_read_input  (YjCli          *cli,
                             gboolean        one_line);
/* Reads a key from standard input: unseen from a terminal, else the first line. To be wiped; NULL: none came. */
char    *yj_cli_read_key    (YjCli          *cli,
                             const char     *base_url);

/* ---- the limit of this month. YJ_EXIT_DONE, or what to exit with after it was said why. */
int      yj_cli_check_limit (YjCli          *cli,
                             YjDraft        *draft);

/* ---- output: always UTF-8, whatever the locale says; standard error is for people */
/* What to write to @fd of text that came from elsewhere: nothing that commands a terminal. */
char    *yj_cli_plain       (const char     *text,
                             int             fd);
void     yj_cli_print       (const char     *format,
                             ...) G_GNUC_PRINTF (1, 2);
void     yj_cli_say         (const char     *format,
                             ...) G_GNUC_PRINTF (1, 2);
/* One JSON object on a line of its own; takes @builder's root. */
void     yj_cli_print_json  (JsonBuilder    *builder);
void     yj_cli_add_string  (JsonBuilder    *builder,
                             const char     *name,
                             const char     *value);
void     yj_cli_add_int     (JsonBuilder    *builder,
                             const char     *name,
                             gint64          value);
void     yj_cli_add_raw     (JsonBuilder    *builder,
                             const char     *name,
                             const char     *json);

/* ---- errors */
/* A sentence that says what happened and what helps; @code: a YjError, -1: only @message. */
char    *yj_cli_error_text  (int             code,
                             const char     *message);
int      yj_cli_error_exit  (const GError   *error);
/* Says it, and returns what to exit with. */
int      yj_cli_fail        (const GError   *error);

G_END_DECLS
