/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-facts-private.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 at;
  gint64 inside;                /* where its content begins */
  gint64 end;
  guint8 type[4];
} YjIsoBox;

typedef struct
{
  gint64 at;
  gint64 length;
} YjIsoRange;

gboolean  yj_facts_iso_read_box     (YjFacts        *self,
                                     gint64          at,
                                     gint64          end,
                                     YjIsoBox       *box);
gboolean  yj_facts_iso_is_strange   (YjFacts        *self,
                                     const YjIsoBox *track);
GArray   *yj_facts_iso_list_strange (YjFacts        *self,
                                     guint          *n_tracks);

G_END_DECLS
