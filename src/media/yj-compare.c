/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-compare"

#include "yj-compare-private.h"
#include "yj-player.h"
#include "yj-transport.h"

#define TICK 33                 /* ms between notifications of the position while it plays */

GParamSpec *yj_compare_props[PROP_PLAINNESS + 1];
guint yj_compare_clip_changed;

static void transport_init (YjTransportInterface *iface);

/**
 * YjCompare:
 *
 * Plays several clips in one pipeline, so that one clock and one time hold for all of them. A seek goes to each clip, in a
 * thread, to its last picture where it is over by then; nothing plays before all of them are there. What is played over and
 * over begins anew in all of them at one moment, without a gap. Steps are seeks too, and
 * who pauses is taken to one frame in all clips. A clip that fails leaves the others alone.
 *
 * All of it belongs to the main thread.
 */
G_DEFINE_FINAL_TYPE_WITH_CODE (YjCompare, yj_compare, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (YJ_TYPE_TRANSPORT, transport_init))

YjCompareClip *
yj_compare_get_clip (YjCompare *self,
                     guint      clip)
{
  return self->clips->pdata[clip];
}

void
yj_compare_set_time (YjCompare      *self,
                     gint64         *place,
                     gint64          value,
                     YjCompareProps  prop)
{
  if (*place == value)
    return;
  *place = value;
  g_object_notify_by_pspec (G_OBJECT (self), yj_compare_props[prop]);
}

/* The one that plays longest: where it is, all are. */
YjCompareClip *
yj_compare_get_leader (YjCompare *self)
{
  YjCompareClip *leader = NULL;

  for (guint i = 0; i < self->clips->len; i++)
    if (yj_compare_get_clip (self, i)->bin != NULL && (leader == NULL || yj_compare_get_clip (self, i)->length > leader->length))
      leader = yj_compare_get_clip (self, i);
  return leader;
}

static gboolean
tick_cb (gpointer user_data)
{
  yj_compare_update_position (user_data);
  yj_compare_look_for_frames (user_data);
  yj_compare_look_for_end (user_data);
  return G_SOURCE_CONTINUE;
}

void
yj_compare_set_playing (YjCompare *self,
                        gboolean   playing)
{
  if (self->playing == playing)
    return;
  self->playing = playing;
  if (playing && self->tick == 0)
    self->tick = g_timeout_add (TICK, tick_cb, self);
  else if (!playing)
    g_clear_handle_id (&self->tick, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), yj_compare_props[PROP_PLAYING]);
}

void
yj_compare_update_sound (YjCompare *self)
{
  for (guint i = 0; i < self->clips->len; i++)
    yj_compare_clip_set_sound (yj_compare_get_clip (self, i), self->muted || i != self->heard, self->volume);
}

/* ---- the object */

static void
yj_compare_dispose (GObject *object)
{
  YjCompare *self = YJ_COMPARE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->pipeline != NULL)
    yj_compare_halt (self);

  G_OBJECT_CLASS (yj_compare_parent_class)->dispose (object);
}

static void
yj_compare_finalize (GObject *object)
{
  g_ptr_array_unref (YJ_COMPARE (object)->clips);

  G_OBJECT_CLASS (yj_compare_parent_class)->finalize (object);
}

static void
yj_compare_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  YjCompare *self = YJ_COMPARE (object);

  switch ((YjCompareProps) prop_id)
    {
    case PROP_PLAYING:    g_value_set_boolean (value, self->playing); break;
    case PROP_READY:      g_value_set_boolean (value, self->opened); break;
    case PROP_POSITION:   g_value_set_int64 (value, self->position); break;
    case PROP_DURATION:   g_value_set_int64 (value, self->duration); break;
    case PROP_LOOP:       g_value_set_boolean (value, self->loop); break;
    case PROP_RATE:       g_value_set_double (value, self->rate); break;
    case PROP_VOLUME:     g_value_set_double (value, self->volume); break;
    case PROP_MUTED:      g_value_set_boolean (value, self->muted); break;
    case PROP_RANGE_FROM: g_value_set_int64 (value, self->range_from); break;
    case PROP_RANGE_TO:   g_value_set_int64 (value, self->range_to); break;
    case PROP_HEARD:      g_value_set_uint (value, self->heard); break;
    case PROP_FROZEN:     g_value_set_boolean (value, self->frozen); break;
    case PROP_PLAINNESS:  g_value_set_int (value, self->plainness); break;
    }
}

static void
yj_compare_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  YjCompare *self = YJ_COMPARE (object);

  switch ((YjCompareProps) prop_id)
    {
    case PROP_LOOP:
      if (self->loop == g_value_get_boolean (value))
        return;
      self->loop = g_value_get_boolean (value);
      yj_compare_seek_in_place (self);
      break;
    case PROP_RATE:
      if (self->rate == g_value_get_double (value))
        return;
      self->rate = g_value_get_double (value);
      yj_compare_seek_in_place (self);
      break;
    case PROP_VOLUME:
      self->volume = g_value_get_double (value);
      yj_compare_update_sound (self);
      break;
    case PROP_MUTED:
      self->muted = g_value_get_boolean (value);
      yj_compare_update_sound (self);
      break;
    case PROP_HEARD:
      if (self->heard == g_value_get_uint (value))
        return;
      self->heard = g_value_get_uint (value);
      yj_compare_update_sound (self);
      break;
    case PROP_PLAINNESS:
      if (self->plainness == g_value_get_int (value))
        return;
      self->plainness = g_value_get_int (value);
      yj_compare_reopen (self);
      break;
    case PROP_FROZEN:
    case PROP_PLAYING:
    case PROP_READY:
    case PROP_POSITION:
    case PROP_DURATION:
    case PROP_RANGE_FROM:
    case PROP_RANGE_TO:
      g_assert_not_reached ();
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
yj_compare_class_init (YjCompareClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = yj_compare_dispose;
  object_class->finalize = yj_compare_finalize;
  object_class->get_property = yj_compare_get_property;
  object_class->set_property = yj_compare_set_property;

  yj_compare_props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  /* Each clip has come to its first picture, or failed */
  yj_compare_props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, readable);
  yj_compare_props[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, readable);       /* ns */
  yj_compare_props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, readable);       /* ns, of the longest */
  yj_compare_props[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, TRUE, writable);
  yj_compare_props[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.1, 8, 1, writable);
  yj_compare_props[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, writable);
  yj_compare_props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, writable);
  yj_compare_props[PROP_RANGE_FROM] = g_param_spec_int64 ("range-from", NULL, NULL, -1, G_MAXINT64, -1, readable); /* ns */
  yj_compare_props[PROP_RANGE_TO] = g_param_spec_int64 ("range-to", NULL, NULL, -1, G_MAXINT64, -1, readable);
  yj_compare_props[PROP_HEARD] = g_param_spec_uint ("heard", NULL, NULL, 0, YJ_COMPARE_MOST - 1, 0, writable);
  /* One plays of which no picture comes */
  yj_compare_props[PROP_FROZEN] = g_param_spec_boolean ("frozen", NULL, NULL, FALSE, readable);
  /* A #YjPlayerPlainness. Changed, it opens the files anew, with other paintables, and goes on where it stood */
  yj_compare_props[PROP_PLAINNESS] = g_param_spec_int ("plainness", NULL, NULL, YJ_PLAYER_FAST, YJ_PLAYER_SOFTWARE, YJ_PLAYER_FAST, writable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (yj_compare_props), yj_compare_props);

  /**
   * YjCompare::clip-changed:
   * @self: the comparison
   * @clip: which clip
   *
   * What the getters of this clip say is different: there is a first frame, an error, how long it is.
   */
  yj_compare_clip_changed = g_signal_new ("clip-changed", YJ_TYPE_COMPARE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
yj_compare_init (YjCompare *self)
{
  self->clips = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_compare_clip_free);
  self->loop = TRUE;
  self->rate = 1;
  self->volume = 1;
  self->range_from = -1;
  self->range_to = -1;
  self->wanted = -1;
}

/**
 * yj_compare_new:
 * @files: (element-type GFile): two to four clips on this machine
 * @plainness: a #YjPlayerPlainness
 *
 * For the main thread, with a display.
 *
 * Returns: (transfer full): a comparison that opens them, and then stands on the first frame of each
 */
YjCompare *
yj_compare_new (GPtrArray *files,
                int        plainness)
{
  YjCompare *self;

  g_return_val_if_fail (files != NULL && files->len >= 2 && files->len <= YJ_COMPARE_MOST, NULL);

  self = g_object_new (YJ_TYPE_COMPARE, NULL);
  self->plainness = plainness;
  yj_compare_open_files (self, files);
  return self;
}

/**
 * yj_compare_replace:
 * @self: a comparison
 * @clip: which clip
 * @file: the file that it is from now on, which may be the same, written anew
 *
 * Opens the files anew, with other paintables, and goes on where it stood.
 */
void
yj_compare_replace (YjCompare *self,
                    guint      clip,
                    GFile     *file)
{
  g_return_if_fail (YJ_IS_COMPARE (self));
  g_return_if_fail (clip < self->clips->len);
  g_return_if_fail (G_IS_FILE (file));

  g_set_object (&yj_compare_get_clip (self, clip)->file, file);
  yj_compare_reopen (self);
}

/**
 * yj_compare_play:
 * @self: a comparison
 *
 * Plays all of them, from the beginning when they stand at the end; as soon as they are open, when they are not yet.
 */
void
yj_compare_play (YjCompare *self)
{
  g_return_if_fail (YJ_IS_COMPARE (self));

  if (yj_compare_get_leader (self) == NULL)
    return;
  yj_compare_set_playing (self, TRUE);
  self->steps = 0;
  if (self->at_end)
    yj_compare_seek_to (self, 0);
  yj_compare_go_on (self);
}

/**
 * yj_compare_pause:
 * @self: a comparison
 *
 * Pauses, all of them on the frame at which the longest stands.
 */
void
yj_compare_pause (YjCompare *self)
{
  YjCompareClip *leader;
  gint64 shown;

  g_return_if_fail (YJ_IS_COMPARE (self));

  yj_compare_set_playing (self, FALSE);
  if (!self->moving)
    return;
  yj_compare_stand_still (self);
  leader = yj_compare_get_leader (self);
  shown = yj_compare_clip_get_shown (leader);
  if (shown >= 0)
    yj_compare_start_seek (self, shown > 0 ? shown + leader->frame / 8 : 0);
}

/**
 * yj_compare_seek:
 * @self: a comparison
 * @position: ns
 *
 * Takes all to the frames shown at @position, exactly; those that are over by then to their last one. One seek is on its
 * way at a time; of those asked for meanwhile, the newest follows it.
 */
void
yj_compare_seek (YjCompare *self,
                 gint64     position)
{
  g_return_if_fail (YJ_IS_COMPARE (self));

  if (yj_compare_get_leader (self) == NULL)
    return;
  self->steps = 0;
  yj_compare_seek_to (self, position);
}

/**
 * yj_compare_step:
 * @self: a comparison
 * @frames: how many forward, or back when negative
 *
 * Pauses, and goes that many frames on: of the clip that has the most of them in a second.
 */
void
yj_compare_step (YjCompare *self,
                 int        frames)
{
  g_return_if_fail (YJ_IS_COMPARE (self));

  if (yj_compare_get_leader (self) == NULL)
    return;
  yj_compare_pause (self);
  self->steps += frames;        /* taken once all are open, if they are not yet */
  yj_compare_go_on (self);
}

/**
 * yj_compare_set_range:
 * @self: a comparison
 * @from: ns, or -1
 * @to: ns, beyond @from, or -1
 *
 * Plays what lies between the two over and over, whether it loops otherwise or not. One alone is only kept; with none all
 * is played again.
 */
void
yj_compare_set_range (YjCompare *self,
                      gint64     from,
                      gint64     to)
{
  g_return_if_fail (YJ_IS_COMPARE (self));
  g_return_if_fail (to < 0 || to > from);

  if (self->range_from == from && self->range_to == to)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  yj_compare_set_time (self, &self->range_from, from, PROP_RANGE_FROM);
  yj_compare_set_time (self, &self->range_to, to, PROP_RANGE_TO);
  yj_compare_seek_in_place (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * yj_compare_is_settled:
 * @self: a comparison
 *
 * Returns: whether all are open, and where they were sent
 */
gboolean
yj_compare_is_settled (YjCompare *self)
{
  g_return_val_if_fail (YJ_IS_COMPARE (self), FALSE);

  return self->opened && !self->seeking && self->sending == 0 && self->wanted < 0 && self->steps == 0;
}

/**
 * yj_compare_get_paintable:
 * @self: a comparison
 * @clip: which clip
 *
 * Returns: (transfer none) (nullable): where its frames appear
 */
GdkPaintable *
yj_compare_get_paintable (YjCompare *self,
                          guint      clip)
{
  g_return_val_if_fail (YJ_IS_COMPARE (self) && clip < self->clips->len, NULL);

  return yj_compare_get_clip (self, clip)->paintable;
}

/**
 * yj_compare_get_shown:
 * @self: a comparison
 * @clip: which clip
 *
 * Returns: whether a frame of it is on its paintable
 */
gboolean
yj_compare_get_shown (YjCompare *self,
                      guint      clip)
{
  g_return_val_if_fail (YJ_IS_COMPARE (self) && clip < self->clips->len, FALSE);

  return yj_compare_get_clip (self, clip)->shown;
}

/**
 * yj_compare_get_error:
 * @self: a comparison
 * @clip: which clip
 *
 * Returns: (transfer none) (nullable): why it does not play, as of [signal@Yj.Player::failed]; %NULL: it does
 */
const GError *
yj_compare_get_error (YjCompare *self,
                      guint      clip)
{
  g_return_val_if_fail (YJ_IS_COMPARE (self) && clip < self->clips->len, NULL);

  return yj_compare_get_clip (self, clip)->error;
}

/**
 * yj_compare_get_has_sound:
 * @self: a comparison
 * @clip: which clip
 *
 * Returns: whether there is sound in it, once it is open
 */
gboolean
yj_compare_get_has_sound (YjCompare *self,
                          guint      clip)
{
  g_return_val_if_fail (YJ_IS_COMPARE (self) && clip < self->clips->len, FALSE);

  return yj_compare_get_clip (self, clip)->has_sound;
}

/**
 * yj_compare_get_length:
 * @self: a comparison
 * @clip: which clip
 *
 * Returns: how long its pictures are, ns, 0 until it is known
 */
gint64
yj_compare_get_length (YjCompare *self,
                       guint      clip)
{
  g_return_val_if_fail (YJ_IS_COMPARE (self) && clip < self->clips->len, 0);

  return yj_compare_get_clip (self, clip)->length;
}

/* ---- as a transport */

static gint64
get_position (YjTransport *transport)
{
  yj_compare_update_position (YJ_COMPARE (transport));
  return YJ_COMPARE (transport)->position;
}

static gint64
get_last_frame (YjTransport *transport)
{
  YjCompare *self = YJ_COMPARE (transport);

  return self->opened && self->frame > 0 ? MAX ((self->duration + self->frame / 2) / self->frame - 1, 0) : -1;
}

static gint64
get_frame (YjTransport *transport)
{
  YjCompare *self = YJ_COMPARE (transport);

  return self->opened && self->frame > 0 ? MIN (self->position / self->frame, get_last_frame (transport)) : -1;
}

static gint64
get_frame_time (YjTransport *transport)
{
  return YJ_COMPARE (transport)->frame;
}

static GFile *
get_file (YjTransport *transport)
{
  YjCompareClip *leader = yj_compare_get_leader (YJ_COMPARE (transport));

  return leader != NULL ? leader->file : NULL;
}

static void
transport_init (YjTransportInterface *iface)
{
  iface->play = (void (*) (YjTransport *)) yj_compare_play;
  iface->pause = (void (*) (YjTransport *)) yj_compare_pause;
  iface->seek = (void (*) (YjTransport *, gint64)) yj_compare_seek;
  iface->step = (void (*) (YjTransport *, int)) yj_compare_step;
  iface->set_range = (void (*) (YjTransport *, gint64, gint64)) yj_compare_set_range;
  iface->get_position = get_position;
  iface->get_frame = get_frame;
  iface->get_last_frame = get_last_frame;
  iface->get_frame_time = get_frame_time;
  iface->get_file = get_file;
}
