/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a YjCompare plays over and over, without a gap: when all clips have been read to the end, each is sent to the
   beginning again without a flush, while its last pictures are still to be shown. GStreamer lets each go on where it ended
   itself, and the short ones would run ahead of the long ones: so the running time at which a round begins is the same for
   all, and is written into the segments on their way to the sinks. */

#define G_LOG_DOMAIN "yj-compare"

#include "yj-compare-private.h"

#define REMEMBERED 8            /* rounds that may be under way between reader and sink */
#define OVERDUE 30              /* ticks at the end after which no new round will come by itself */

struct _YjCompareRounds
{
  GMutex  lock;
  guint   next;
  guint32 seeks[REMEMBERED];    /* numbers of the events that began them */
  guint64 bases[REMEMBERED];    /* running time at which they begin, ns */
};

static void
clear_rounds (gpointer data)
{
  g_mutex_clear (&((YjCompareRounds *) data)->lock);
}

YjCompareRounds *
yj_compare_rounds_new (void)
{
  YjCompareRounds *rounds = g_atomic_rc_box_new0 (YjCompareRounds);

  g_mutex_init (&rounds->lock);
  return rounds;
}

void
yj_compare_rounds_unref (YjCompareRounds *rounds)
{
  g_atomic_rc_box_release_full (rounds, clear_rounds);
}

static void
add_round (YjCompareRounds *rounds,
           guint32          seek,
           guint64          base)
{
  g_mutex_lock (&rounds->lock);
  rounds->seeks[rounds->next] = seek;
  rounds->bases[rounds->next] = base;
  rounds->next = (rounds->next + 1) % REMEMBERED;
  g_mutex_unlock (&rounds->lock);
}

static gboolean
find_round (YjCompareRounds *rounds,
            guint32          seek,
            guint64         *base)
{
  gboolean found = FALSE;

  g_mutex_lock (&rounds->lock);
  for (guint i = 0; i < REMEMBERED && !found; i++)
    if (rounds->seeks[i] == seek)
      {
        *base = rounds->bases[i];
        found = TRUE;
      }
  g_mutex_unlock (&rounds->lock);
  return found;
}

/* ---- on the way to a sink, in threads of GStreamer's */

typedef struct
{
  YjCompareRounds *rounds;
  gint64           shift;       /* of the running time, by what was written into the last segment */
} Way;

static void
way_free (gpointer data)
{
  yj_compare_rounds_unref (((Way *) data)->rounds);
  g_free (data);
}

static void
set_event (GstPadProbeInfo *info,
           GstEvent        *event,
           guint32          number)
{
  gst_event_set_seqnum (event, number);
  gst_event_unref (GST_PAD_PROBE_INFO_EVENT (info));
  GST_PAD_PROBE_INFO_DATA (info) = event;
}

static void
move_segment (Way             *way,
              GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  guint32 number = gst_event_get_seqnum (event);
  GstSegment segment;
  guint64 base;

  gst_event_copy_segment (event, &segment);
  __atomic_store_n (&way->shift, 0, __ATOMIC_RELAXED);
  if (segment.format != GST_FORMAT_TIME || !find_round (way->rounds, number, &base))
    return;
  __atomic_store_n (&way->shift, (gint64) base - (gint64) segment.base, __ATOMIC_RELAXED);
  segment.base = base;
  set_event (info, gst_event_new_segment (&segment), number);
}

/* The other way: a decoder that is told of lateness counts as its own segment says. */
static void
move_lateness (Way             *way,
               GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  gint64 shift = __atomic_load_n (&way->shift, __ATOMIC_RELAXED);
  GstClockTime time;
  GstClockTimeDiff diff;
  GstQOSType type;
  double proportion;

  if (shift == 0)
    return;
  gst_event_parse_qos (event, &type, &proportion, &diff, &time);
  if ((gint64) time < shift || (gint64) time - shift + diff < 0)
    return;
  set_event (info, gst_event_new_qos (type, proportion, diff, time - (GstClockTime) shift), gst_event_get_seqnum (event));
}

static GstPadProbeReturn
probe_cb (GstPad          *pad,
          GstPadProbeInfo *info,
          gpointer         user_data)
{
  switch ((int) GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)))
    {
    case GST_EVENT_SEGMENT:
      move_segment (user_data, info);
      break;
    case GST_EVENT_QOS:
      move_lateness (user_data, info);
      break;
    }
  return GST_PAD_PROBE_OK;
}

void
yj_compare_rounds_watch (YjCompareRounds *rounds,
                         GstPad          *pad)
{
  Way *way = g_new0 (Way, 1);

  way->rounds = g_atomic_rc_box_acquire (rounds);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_BOTH, probe_cb, way, way_free);
}

/* ---- what is played over and over */

gboolean
yj_compare_has_range (YjCompare *self)
{
  return self->range_from >= 0 && self->range_to >= 0;
}

gint64
yj_compare_get_loop_begin (YjCompare *self)
{
  return yj_compare_has_range (self) ? self->range_from : 0;
}

gint64
yj_compare_get_loop_end (YjCompare *self)
{
  return yj_compare_has_range (self) ? self->range_to : self->duration;
}

/* Whether what begins at @position ends with a new round: where it plays it is taken into the loop; at rest it may stand
   outside of that. */
gboolean
yj_compare_wants_rounds (YjCompare *self,
                         gint64     position)
{
  if ((!self->loop && !yj_compare_has_range (self)) || self->duration <= 0)
    return FALSE;
  return self->playing || (position >= yj_compare_get_loop_begin (self) && position < yj_compare_get_loop_end (self));
}

/* All have been read to the end of the round. */
void
yj_compare_round_done (YjCompare *self)
{
  gint64 begin = yj_compare_get_loop_begin (self), end = yj_compare_get_loop_end (self);
  GPtrArray *sends;

  if (!self->segmented || !self->moving || self->seeking || self->sending > 0)
    return;
  self->base += (guint64) ((double) (end - self->round_begin) / self->rate);
  self->round_begin = begin;
  self->seek_number = gst_util_seqnum_next ();
  sends = yj_compare_new_sends ();
  for (guint i = 0; i < self->clips->len; i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      if (clip->bin == NULL)
        continue;
      add_round (clip->rounds, self->seek_number, self->base);
      clip->sought = yj_compare_clip_clamp (clip, begin);
      yj_compare_add_send (self, sends, clip, GST_SEEK_FLAG_NONE);
    }
  yj_compare_send (self, sends);
}

/* Counted in ticks. A file whose reader knows no rounds stands at its end: then all go to the beginning the other way. */
void
yj_compare_look_for_end (YjCompare *self)
{
  if (!self->segmented || !self->moving || self->seeking || self->sending > 0 || self->position < yj_compare_get_loop_end (self) - GST_MSECOND)
    self->overdue = 0;
  else if (++self->overdue > OVERDUE)
    {
      self->overdue = 0;
      yj_compare_start_seek (self, yj_compare_get_loop_begin (self));
    }
}
