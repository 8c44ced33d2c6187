/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one connection on its one thread. Private to the library. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _YjDatabase YjDatabase;

/* Runs on the thread of the database and returns on @task, like a GTaskThreadFunc. */
typedef void     (*YjDatabaseFunc)    (YjDatabase *self,
                                       GTask      *task,
                                       gpointer    task_data);
/* The body of a transaction; FALSE rolls it back. */
typedef gboolean (*YjTransactionFunc) (YjDatabase *self,
                                       gpointer    data,
                                       GError    **error);

/* ---- from any thread */
YjDatabase   *yj_database_new      (void);
void          yj_database_stop     (YjDatabase        *self);
void          yj_database_push     (YjDatabase        *self,
                                    GTask             *task,
                                    YjDatabaseFunc     func);

/* ---- on its thread only */
gboolean      yj_database_open     (YjDatabase        *self,
                                    const char        *folder,
                                    GError           **error);
gboolean      yj_database_open_file (YjDatabase       *self,
                                     const char       *path,
                                     GError          **error);
gboolean      yj_database_open_to_read (YjDatabase    *self,
                                        const char    *folder,
                                        GError       **error);
gboolean      yj_database_is_moved (YjDatabase        *self);
void          yj_database_close    (YjDatabase        *self);
/* @types: one letter per value that follows: i gint64, s string or NULL */
sqlite3_stmt *yj_database_prepare  (YjDatabase        *self,
                                    GError           **error,
                                    const char        *sql,
                                    const char        *types,
                                    ...);
/* TRUE: there is a row. FALSE: the end, or @error is set. */
gboolean      yj_database_step     (YjDatabase        *self,
                                    sqlite3_stmt      *statement,
                                    GError           **error);
gboolean      yj_database_run      (YjDatabase        *self,
                                    GError           **error,
                                    const char        *sql,
                                    const char        *types,
                                    ...);
gboolean      yj_database_exec     (YjDatabase        *self,
                                    const char        *sql,
                                    GError           **error);
gboolean      yj_database_get_int  (YjDatabase        *self,
                                    const char        *sql,
                                    gint64            *value,
                                    GError           **error);
gboolean      yj_database_transact (YjDatabase        *self,
                                    YjTransactionFunc  func,
                                    gpointer           data,
                                    GError           **error);
char         *yj_database_dup_text (sqlite3_stmt      *statement,
                                    int                column);
void          yj_database_set_error (YjDatabase       *self,
                                     GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
