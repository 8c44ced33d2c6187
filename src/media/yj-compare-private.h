/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What yj-compare.c, the object, and its other parts know of each other. */
#pragma once

#include <gst/gst.h>

#include "yj-compare.h"
#include "yj-probe.h"

G_BEGIN_DECLS

/* When the rounds of a clip that is played over and over begin; shared with the threads of its pictures and its sound. */
typedef struct _YjCompareRounds YjCompareRounds;

typedef struct
{
  GFile        *file;
  GstElement   *bin;            /* NULL once it has failed */
  GstElement   *sink;           /* that has the paintable */
  GstElement   *video_sink;     /* the same, or the bin around it */
  GdkPaintable *paintable;
  YjCompareRounds *rounds;
  char         *missing;        /* the first decoder that is not there */
  GError       *error;
  gboolean      has_sound;
  gboolean      shown;          /* a frame is on the paintable */
  gint64        length;         /* of the pictures, ns; 0 until it is known */
  gint64        picture_end;    /* as the file says, 0 when it does not */
  gint64        frame;          /* ns that one is shown */
  gint64        sought;         /* where the last seek went */
  int           missed;         /* times it found no picture there */
  gint64        still_for;      /* ticks since the last frame came */
} YjCompareClip;

struct _YjCompare
{
  GObject     parent_instance;

  GstElement *pipeline;
  GPtrArray  *clips;            /* YjCompareClip */
  guint       heard;
  guint       tick;
  guint       patience;
  GTask      *look;             /* the newest look into the files; not owned */
  int         plainness;

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
  guint32     seek_number;      /* of the last one, by which its end is known */
  gboolean    segmented;        /* which ends with a new round, not with the end */
  gint64      round_begin;      /* where this round began, ns */
  guint64     base;             /* and when, by running time, ns */
  int         overdue;          /* ticks at the end of a round */
  gboolean    frozen;
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
  PROP_FROZEN,
  PROP_PLAINNESS,
} YjCompareProps;

extern GParamSpec *yj_compare_props[PROP_PLAINNESS + 1];
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
                                           GPtrArray      *files);
void           yj_compare_reopen          (YjCompare      *self);
void           yj_compare_halt            (YjCompare      *self);
void           yj_compare_look_for_frames (YjCompare      *self);

/* yj-compare-seek.c */
void           yj_compare_update_position (YjCompare      *self);
void           yj_compare_stand_still     (YjCompare      *self);
GPtrArray *    yj_compare_new_sends       (void);
void           yj_compare_add_send        (YjCompare      *self,
                                           GPtrArray      *sends,
                                           YjCompareClip  *clip,
                                           GstSeekFlags    flags);
void           yj_compare_send            (YjCompare      *self,
                                           GPtrArray      *sends);
void           yj_compare_start_seek      (YjCompare      *self,
                                           gint64          position);
void           yj_compare_seek_to         (YjCompare      *self,
                                           gint64          position);
void           yj_compare_seek_in_place   (YjCompare      *self);
gboolean       yj_compare_look_back       (YjCompare      *self);
void           yj_compare_go_on           (YjCompare      *self);

/* yj-compare-loop.c */
YjCompareRounds *yj_compare_rounds_new    (void);
void           yj_compare_rounds_unref    (YjCompareRounds *rounds);
void           yj_compare_rounds_watch    (YjCompareRounds *rounds,
                                           GstPad         *pad);
gboolean       yj_compare_has_range       (YjCompare      *self);
gint64         yj_compare_get_loop_begin  (YjCompare      *self);
gint64         yj_compare_get_loop_end    (YjCompare      *self);
gboolean       yj_compare_wants_rounds    (YjCompare      *self,
                                           gint64          position);
void           yj_compare_round_done      (YjCompare      *self);
void           yj_compare_look_for_end    (YjCompare      *self);

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
