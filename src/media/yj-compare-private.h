/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What yj-compare.c, the object, and its other parts know of each other. */
#pragma once

#include <gst/gst.h>

#include "yj-compare.h"
#include "yj-probe.h"

G_BEGIN_DECLS

typedef struct
{
  GFile        *file;
  GstElement   *bin;            /* NULL once it has failed */
  GstElement   *sink;           /* that has the paintable */
  GstElement   *video_sink;     /* the same, or the bin around it */
  GdkPaintable *paintable;
  char         *missing;        /* the first decoder that is not there */
  GError       *error;
  gboolean      has_sound;
  gboolean      shown;          /* a frame is on the paintable */
  gint64        length;         /* of the pictures, ns; 0 until it is known */
  gint64        picture_end;    /* as the file says, 0 when it does not */
  gint64        frame;          /* ns that one is shown */
  gint64        sought;         /* where the last seek went */
  int           missed;         /* times it found no picture there */
} YjCompareClip;

struct _YjCompare
{
  GObject     parent_instance;

  GstElement *pipeline;
  GPtrArray  *clips;            /* YjCompareClip */
  guint       heard;
  guint       tick;
  guint       patience;

  gboolean    opened;           /* each has come to its first picture, or failed */
  gboolean    playing;          /* wanted */
  gboolean    moving;           /* it does */
  gboolean    loop;
  gboolean    muted;
  double      rate;
  double      volume;
  gint64      position;
  gint64      duration;         /* of the longest */
  gint64      frame;            /* ns that one is shown, of the clip that has the most of them */
  gint64      range_from;
  gint64      range_to;

  gboolean    seeking;          /* on its way to all of them */
  guint       sending;          /* threads that still send */
  gint64      stop;             /* where the last seek lets it end, or -1 */
  gint64      wanted;           /* where to go after it, or -1 */
  int         steps;            /* frames still to step */
  gboolean    askew;            /* needs a seek before it plays: the rate is another */
  gboolean    at_end;
};

typedef enum
{
  PROP_PLAYING = 1,
  PROP_READY,
  PROP_POSITION,
  PROP_DURATION,
  PROP_LOOP,
  PROP_RATE,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_RANGE_FROM,
  PROP_RANGE_TO,
  PROP_HEARD,
} YjCompareProps;

extern GParamSpec *yj_compare_props[PROP_HEARD + 1];
extern guint yj_compare_clip_changed;

/* yj-compare.c */
YjCompareClip *yj_compare_get_clip        (YjCompare      *self,
                                           guint           clip);
YjCompareClip *yj_compare_get_leader      (YjCompare      *self);
void           yj_compare_set_time        (YjCompare      *self,
                                           gint64         *place,
                                           gint64          value,
                                           YjCompareProps  prop);
void           yj_compare_set_playing     (YjCompare      *self,
                                           gboolean        playing);
void           yj_compare_update_sound    (YjCompare      *self);

/* yj-compare-open.c */
void           yj_compare_open_files      (YjCompare      *self,
                                           GPtrArray      *files,
                                           int             plainness);

/* yj-compare-seek.c */
void           yj_compare_update_position (YjCompare      *self);
void           yj_compare_stand_still     (YjCompare      *self);
void           yj_compare_start_seek      (YjCompare      *self,
                                           gint64          position);
void           yj_compare_seek_to         (YjCompare      *self,
                                           gint64          position);
void           yj_compare_seek_in_place   (YjCompare      *self);
gboolean       yj_compare_look_back       (YjCompare      *self);
gboolean       yj_compare_has_range       (YjCompare      *self);
void           yj_compare_go_on           (YjCompare      *self);

/* yj-compare-clip.c */
YjCompareClip *yj_compare_clip_new        (GFile         *file,
                                           int            plainness);
void           yj_compare_clip_free       (YjCompareClip *self);
gboolean       yj_compare_clip_look       (YjCompareClip *self);
void           yj_compare_clip_set_sound  (YjCompareClip *self,
                                           gboolean       muted,
                                           double         volume);
gint64         yj_compare_clip_clamp      (YjCompareClip *self,
                                           gint64         position);
gboolean       yj_compare_clip_is_empty   (YjCompareClip *self);
gint64         yj_compare_clip_get_shown  (YjCompareClip *self);

G_END_DECLS
