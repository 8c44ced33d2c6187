/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of YjFinder share; on the thread of the database. */
#pragma once

#include "yj-finder.h"
#include "yj-library-private.h"

G_BEGIN_DECLS

#define YJ_FINDER_JOB "job:"
#define YJ_FINDER_CONVERSATION "conversation:"

/* What a text is looked for: a YjMatch for each word. */
GPtrArray     *yj_finder_words_new (const char    *query);
/* Whether all of them are in it. */
gboolean       yj_finder_words_are_in (GPtrArray     *self,
                                       const char    *text);
/* For the one who looks: the found are given this way, the best first. */
typedef struct
{
  char   *name;
  char   *behind;               /* the uuid of a job that is to be shown in its place, or NULL */
  guint   rank;                 /* 0: before all others */
  gint64  when;
} YjFound;

void     yj_found_free               (YjFound       *self);
gboolean yj_finder_find_jobs         (YjDatabase    *database,
                                      GPtrArray     *words,
                                      GHashTable    *among,     /* set of names; NULL: all */
                                      GPtrArray     *found,     /* of YjFound */
                                      GCancellable  *cancellable,
                                      GError       **error);
gboolean yj_finder_find_conversations (YjDatabase   *database,
                                      GArray        *members,
                                      const char    *query,
                                      GPtrArray     *words,
                                      GHashTable    *among,
                                      GPtrArray     *found,
                                      GCancellable  *cancellable,
                                      GError       **error);
/* Fills in what is known; leaves it when there is nothing of that name. */
gboolean yj_finder_describe          (YjDatabase    *database,
                                      const char    *folder,
                                      const char    *query,
                                      GPtrArray     *words,
                                      YjFinding     *finding,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
