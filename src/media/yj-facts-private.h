/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-camera-facts.h"

G_BEGIN_DECLS

/* A file that is looked through from its beginning to its end, and what was found. */
typedef struct
{
  int        fd;
  gint64     size;
  guint8    *window;            /* bytes from window_at */
  gint64     window_at;
  gsize      window_length;
  GPtrArray *cuts;              /* of YjCut, in order */
  gint64     instead;           /* bytes that the cuts put in */
  gboolean   unknown;           /* it is of a kind of its format that is not looked into */
  guint      steps;             /* parts looked at: a file of too many is none */
} YjFacts;

gboolean yj_facts_read        (YjFacts      *self,
                               gint64        at,
                               gpointer      buffer,
                               gsize         length);
gboolean yj_facts_is          (YjFacts      *self,
                               gint64        at,
                               const char   *magic,
                               gsize         length);
gboolean yj_facts_step        (YjFacts      *self);
gboolean yj_facts_cut         (YjFacts      *self,
                               gint64        at,
                               gint64        length,
                               gconstpointer instead,
                               gsize         instead_length);
gboolean yj_facts_blank       (YjFacts      *self,
                               gint64        at,
                               gint64        length);
guint    yj_facts_orientation (const guint8 *tiff,
                               gsize         length);
gsize    yj_facts_make_tiff   (guint8       *tiff,
                               guint         orientation);
guint32  yj_facts_big         (const guint8 *at);
guint32  yj_facts_little      (const guint8 *at);

#define YJ_FACTS_TIFF 26        /* bytes of what yj_facts_make_tiff () writes */

/* FALSE: not built as the format wants it. */
gboolean yj_facts_jpeg        (YjFacts      *self);
gboolean yj_facts_png         (YjFacts      *self);
gboolean yj_facts_riff        (YjFacts      *self);
gboolean yj_facts_gif         (YjFacts      *self);
gboolean yj_facts_heif        (YjFacts      *self);
gboolean yj_facts_iso         (YjFacts      *self);
gboolean yj_facts_mp3         (YjFacts      *self);
gboolean yj_facts_tiff        (YjFacts      *self);

G_END_DECLS
