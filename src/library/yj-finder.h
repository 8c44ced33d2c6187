/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Finds in a library without opening it: beside the app, in passing, and without changing anything. What it finds has names:
   "job:UUID" and "conversation:NUMBER". */
#define YJ_TYPE_FINDER (yj_finder_get_type ())
G_DECLARE_FINAL_TYPE (YjFinder, yj_finder, YJ, FINDER, GObject)

/* What is known of something found. */
typedef struct
{
  char     *name;               /* "job:UUID", "conversation:NUMBER" */
  char     *text;               /* the prompt; the title; NULL: it is gone, or in the trash */
  char     *snippet;            /* one line around the words, NULL: they are in the title or the first sentence */
  char     *state;              /* of a job, as in YjJobRow, and so the next five */
  char     *model_id;
  char     *model_name;
  char     *cover;              /* the path of a picture that is there, or NULL */
  gint64    duration;           /* ns, 0: not known */
  gint64    when;               /* µs since 1970, UTC: made, or last written to */
} YjFinding;

void        yj_finding_free           (YjFinding            *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjFinding, yj_finding_free)

/* @folder: where library.db may lie; needs not be there. */
YjFinder   *yj_finder_new             (const char           *folder);
gboolean    yj_finder_is_query        (const char           *query);
gboolean    yj_finder_is_job          (const char           *name);
/* @among: NULL: everything. */
void        yj_finder_find_async      (YjFinder             *self,
                                       const char           *query,
                                       const char * const   *among,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GStrv       yj_finder_find_finish     (YjFinder             *self,
                                       GAsyncResult         *result,
                                       GError              **error);
/* Finish gives a YjFinding for each name, in their order. */
void        yj_finder_describe_async  (YjFinder             *self,
                                       const char * const   *names,
                                       const char           *query,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GPtrArray  *yj_finder_describe_finish (YjFinder             *self,
                                       GAsyncResult         *result,
                                       GError              **error);
/* Lets go of the file; the next question opens it again. */
void        yj_finder_close_async     (YjFinder             *self,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean    yj_finder_close_finish    (YjFinder             *self,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
