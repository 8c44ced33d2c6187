/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What yj-player.c, the object, and its other parts know of each other. */
#pragma once

#include <gst/gst.h>

#include "yj-player.h"
#include "yj-probe.h"

G_BEGIN_DECLS

typedef enum
{
  PHASE_EMPTY,
  PHASE_HALTING,                /* a thread takes the pipeline down; what it still says is of the last file */
  PHASE_OPENING,
  PHASE_OPEN,
} Phase;

struct _YjPlayer
{
  GObject       parent_instance;

  GFile        *file;
  GstElement   *playbin;
  GstElement   *sink;           /* that has the paintable; NULL when there is no such element */
  GstElement   *video_sink;     /* the same, or the bin around it */
  GdkPaintable *paintable;
  guint         tick;
  guint         patience;
  char         *missing;        /* the first decoder that is not there */

  Phase         phase;
  gboolean      failed;         /* not to be opened again by itself */
  gboolean      playing;        /* wanted */
  gboolean      has_video;
  gboolean      shown;          /* something of this file is on the paintable */
  gboolean      ready;
  gboolean      loop;
  gboolean      muted;
  double        rate;
  double        volume;
  int           width;
  int           height;
  gint64        position;
  gint64        duration;
  gint64        frame;          /* ns that one frame is shown */
  gint64        picture_end;    /* where the last picture ends, 0 until it is known */
  gint64        range_from;     /* what is played over and over, -1 for all of it */
  gint64        range_to;

  gboolean      seeking;        /* one is on its way */
  gint64        wanted;         /* where to go after it, or -1 */
  gint64        sought;         /* where the last one went */
  guint32       seek_number;    /* by which its messages are known */
  gint64        left;           /* number of the frame that the last step began at, -1 after a seek */
  int           missed;         /* times it found no picture there */
  gboolean      stepping;
  int           steps;          /* frames still to step */
  gboolean      segmented;      /* ends with SEGMENT_DONE, not with EOS */
  gboolean      askew;          /* needs a seek before it plays: picture and sound stand apart, or the rate is another */
  gboolean      at_end;

  gboolean      frozen;
  gint64        still_for;      /* ticks since the last frame came */
  int           plainness;      /* asked for */
  int           made_plain;     /* that of the sink */
};

typedef enum
{
  PROP_PAINTABLE = 1,
  PROP_PLAYING,
  PROP_READY,
  PROP_POSITION,
  PROP_DURATION,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_LOOP,
  PROP_RATE,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_RANGE_FROM,
  PROP_RANGE_TO,
  PROP_FROZEN,
  PROP_PLAINNESS,
} YjPlayerProps;

extern GParamSpec *yj_player_props[PROP_PLAINNESS + 1];
extern guint yj_player_failed;

/* yj-player-pipeline.c */
void     yj_player_set_boolean     (YjPlayer      *self,
                                    gboolean      *place,
                                    gboolean       value,
                                    YjPlayerProps  prop);
void     yj_player_set_time        (YjPlayer      *self,
                                    gint64        *place,
                                    gint64         value,
                                    YjPlayerProps  prop);
void     yj_player_update_ready    (YjPlayer      *self);
void     yj_player_make_pipeline   (YjPlayer      *self);
void     yj_player_fit_sink        (YjPlayer      *self);

/* yj-player-open.c */
void     yj_player_halt            (YjPlayer      *self);
void     yj_player_fail            (YjPlayer      *self,
                                    YjMediaError   code,
                                    const char    *message);
void     yj_player_forget_file     (YjPlayer      *self);

/* yj-player-seek.c */
void     yj_player_update_position (YjPlayer      *self);
void     yj_player_saw_frame       (YjPlayer      *self);
void     yj_player_set_playing     (YjPlayer      *self,
                                    gboolean       playing);
gboolean yj_player_wants_segment   (YjPlayer      *self);
void     yj_player_segment_done    (YjPlayer      *self);
void     yj_player_begin_anew      (YjPlayer      *self);
gboolean yj_player_look_back       (YjPlayer      *self);
gint64   yj_player_get_shown_number (YjPlayer     *self);
void     yj_player_seek_to         (YjPlayer      *self,
                                    gint64         position);
void     yj_player_seek_in_place   (YjPlayer      *self);
void     yj_player_go_on           (YjPlayer      *self);

G_END_DECLS
