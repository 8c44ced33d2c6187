/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/app/app.h>

#include "yj-clip.h"

G_BEGIN_DECLS

struct _YjClip
{
  const YjSniff *sniff;
  GstElement    *pipeline;
  gboolean       with_sound;
  gint64         deadline;      /* as g_get_monotonic_time () counts */

  GMutex         lock;          /* what the streaming threads write */
  gboolean       streams_known; /* all of them */
  GstAppSink    *video;         /* NULL when there is no decoded picture */
  GstAppSink    *audio;         /* NULL when there is no decoded sound */
  GstCaps       *video_caps;    /* as encoded */
  GstCaps       *audio_caps;
};

guint    yj_clip_get_orientation (YjClip       *self);
gboolean yj_clip_seek            (YjClip       *self,
                                  gint64        position);
gboolean yj_clip_seeks_late      (YjClip       *self);
gboolean yj_clip_wait_for        (YjClip       *self,
                                  gboolean      end,
                                  GError      **error);
void     yj_clip_answer_broken   (const GError *error) G_GNUC_NORETURN;

G_END_DECLS
