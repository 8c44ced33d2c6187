/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A picture, clip or sound that jobs have used, or once used and the person gave a name or a note, kept once whatever it
   was called. "name" and "note" are properties with notify. */
#define YJ_TYPE_KEPT_REFERENCE (yj_kept_reference_get_type ())
G_DECLARE_FINAL_TYPE (YjKeptReference, yj_kept_reference, YJ, KEPT_REFERENCE, GObject)

/* What is known of it besides, from the last job that used it. */
typedef struct
{
  char   *file_name;            /* what it is called without a name of the person's; may be NULL */
  char   *content_type;
  gint64  size;                 /* bytes */
  int     width;                /* px */
  int     height;
  gint64  duration;             /* ns */
  guint   n_jobs;               /* that used it and are not in the trash */
  guint   n_trashed;            /* that used it and are; none of both: kept for its name or note */
  gint64  used;                 /* when the last of them that is known was made, µs since 1970, UTC */
} YjKeptFacts;

YjKeptReference   *yj_kept_reference_new            (const char        *sha256,
                                                     GFile             *file,
                                                     const char        *name,
                                                     const char        *note,
                                                     const YjKeptFacts *facts);
const char        *yj_kept_reference_get_sha256     (YjKeptReference   *self);
GFile             *yj_kept_reference_get_file       (YjKeptReference   *self);
const char        *yj_kept_reference_get_name       (YjKeptReference   *self);
const char        *yj_kept_reference_get_given_name (YjKeptReference   *self);
const char        *yj_kept_reference_get_note       (YjKeptReference   *self);
const YjKeptFacts *yj_kept_reference_get_facts      (YjKeptReference   *self);
gboolean           yj_kept_reference_is_kept        (YjKeptReference   *self);

G_END_DECLS
