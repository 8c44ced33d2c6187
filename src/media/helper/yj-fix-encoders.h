/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* What is to be written. */
typedef struct
{
  const char *content_type;
  gint64      max_bytes;        /* 0: no limit */
  gint64      length;           /* ns, 0: unknown */
  int         rate_n, rate_d;   /* frames per second; 0: no pictures */
  guint       orientation;      /* 1 to 8: how the frames are to be turned yet */
  int         sound_rate;       /* samples per second; 0: no sound */
  int         channels;
} YjFixEncoding;

void        yj_fix_encoders_load (const char          *content_type);
GstElement *yj_fix_encoders_open (const YjFixEncoding *encoding);

G_END_DECLS
