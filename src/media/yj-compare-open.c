/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a YjCompare opens its clips, what the messages of its pipeline mean, and what becomes of a clip that fails. */

#define G_LOG_DOMAIN "yj-compare"

#include "yj-compare-private.h"

#include <gst/pbutils/pbutils.h>

#include "yj-media-init.h"
#include "yj-picture-end.h"
#include "yj-video-sink.h"

#define OPENING_PATIENCE 20     /* s: decodebin loses a demultiplexer's early error now and then */

/* Of those that play: what they have in common. */
static void
update_measures (YjCompare *self)
{
  gint64 duration = 0;

  self->frame = 0;
  for (guint i = 0; i < self->clips->len; i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      if (clip->bin == NULL)
        continue;
      duration = MAX (duration, clip->length);
      if (self->frame == 0 || clip->frame < self->frame)
        self->frame = clip->frame;
    }
  yj_compare_set_time (self, &self->duration, duration, PROP_DURATION);
}

/* ---- a clip fails */

static void
fail_clip (YjCompare    *self,
           guint         index,
           YjMediaError  code,
           const char   *message)
{
  YjCompareClip *clip = yj_compare_get_clip (self, index);
  g_autoptr(GstElement) bin = g_steal_pointer (&clip->bin);
  GPtrArray *video_sinks;

  if (bin == NULL)
    return;
  g_debug ("Clip %u failed: %s", index, message);
  clip->error = g_error_new_literal (YJ_MEDIA_ERROR, code, message);
  clip->shown = FALSE;
  clip->has_sound = FALSE;
  gst_element_set_locked_state (bin, TRUE);
  if (GST_OBJECT_PARENT (bin) != NULL)
    gst_bin_remove (GST_BIN (self->pipeline), bin);
  video_sinks = g_ptr_array_new_with_free_func (gst_object_unref);
  g_ptr_array_add (video_sinks, gst_object_ref (clip->video_sink));
  yj_video_sink_halt (bin, video_sinks, G_OBJECT (self), NULL);
  if (self->opened)
    update_measures (self);
  g_signal_emit (self, yj_compare_clip_changed, 0, index);
  if (yj_compare_get_leader (self) == NULL)
    {
      g_clear_handle_id (&self->patience, g_source_remove);
      yj_compare_set_playing (self, FALSE);
      self->moving = FALSE;
    }
  else if (self->patience != 0 || self->opened)  /* the state that it could not reach with this one */
    gst_element_set_state (self->pipeline, self->moving ? GST_STATE_PLAYING : GST_STATE_PAUSED);
}

static gboolean
patience_cb (gpointer user_data)
{
  YjCompare *self = user_data;

  self->patience = 0;
  for (guint i = 0; i < self->clips->len; i++)
    if (yj_compare_get_clip (self, i)->bin != NULL && yj_compare_clip_is_empty (yj_compare_get_clip (self, i)))
      fail_clip (self, i, YJ_MEDIA_ERROR_DAMAGED, "The file could not be opened in time");
  return G_SOURCE_REMOVE;
}

/* ---- messages */

static void
opened (YjCompare *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  for (guint i = 0; i < self->clips->len; i++)
    if (yj_compare_get_clip (self, i)->bin != NULL && !yj_compare_clip_look (yj_compare_get_clip (self, i)))
      fail_clip (self, i, YJ_MEDIA_ERROR_DAMAGED, "There are no pictures in the file");
  if (yj_compare_get_leader (self) == NULL)
    return;
  self->opened = TRUE;
  update_measures (self);
  yj_compare_update_sound (self);
  for (guint i = 0; i < self->clips->len; i++)
    g_signal_emit (self, yj_compare_clip_changed, 0, i);
  g_object_notify_by_pspec (G_OBJECT (self), yj_compare_props[PROP_READY]);
}

/* Whether all are where they were sent. */
static void
check (YjCompare *self)
{
  if (self->sending > 0 || gst_element_get_state (self->pipeline, NULL, NULL, 0) != GST_STATE_CHANGE_SUCCESS)
    return;
  if (!self->opened)
    opened (self);
  else if (self->seeking && !yj_compare_look_back (self))
    self->seeking = FALSE;
  yj_compare_go_on (self);
}

static void
ended (YjCompare *self)
{
  if (self->loop || yj_compare_has_range (self))
    {
      yj_compare_start_seek (self, yj_compare_get_loop_begin (self));
      return;
    }
  yj_compare_stand_still (self);
  self->at_end = TRUE;
  yj_compare_set_playing (self, FALSE);
  yj_compare_set_time (self, &self->position, self->duration, PROP_POSITION);
}

static guint
find_clip (YjCompare  *self,
           GstMessage *message)
{
  for (guint i = 0; i < self->clips->len; i++)
    if (yj_compare_get_clip (self, i)->bin != NULL && (GST_MESSAGE_SRC (message) == GST_OBJECT (yj_compare_get_clip (self, i)->bin) ||
        gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), GST_OBJECT (yj_compare_get_clip (self, i)->bin))))
      return i;
  return G_MAXUINT;
}

static void
take_error (YjCompare  *self,
            GstMessage *message)
{
  guint index = find_clip (self, message);
  g_autoptr(GError) error = NULL;

  if (index == G_MAXUINT)
    return;
  error = yj_video_sink_new_error (message, yj_compare_get_clip (self, index)->missing);
  fail_clip (self, index, (YjMediaError) error->code, error->message);
  check (self);
}

static void
take_element_message (YjCompare  *self,
                      GstMessage *message)
{
  guint index = find_clip (self, message);

  if (index != G_MAXUINT && gst_is_missing_plugin_message (message) && yj_compare_get_clip (self, index)->missing == NULL)
    yj_compare_get_clip (self, index)->missing = gst_missing_plugin_message_get_description (message);
}

static gboolean
message_cb (GstBus     *bus,
            GstMessage *message,
            gpointer    user_data)
{
  YjCompare *self = user_data;
  g_autoptr(YjCompare) alive = g_object_ref (self);

  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_APPLICATION:
      self->sending--;
      check (self);
      break;
    case GST_MESSAGE_ASYNC_DONE:
      check (self);
      break;
    case GST_MESSAGE_SEGMENT_DONE:
      if (gst_message_get_seqnum (message) == self->seek_number)
        yj_compare_round_done (self);
      break;
    case GST_MESSAGE_EOS:
      if (self->moving && !self->seeking)
        ended (self);
      break;
    case GST_MESSAGE_ELEMENT:
      take_element_message (self, message);
      break;
    case GST_MESSAGE_ERROR:
      take_error (self, message);
      break;
    case GST_MESSAGE_LATENCY:
      gst_bin_recalculate_latency (GST_BIN (self->pipeline));
      break;
    }
  return G_SOURCE_CONTINUE;
}

/* ---- opening */

static void
update_frozen (YjCompare *self)
{
  gboolean frozen = FALSE;

  for (guint i = 0; i < self->clips->len; i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      /* So many share the machine, and a slow one is no reason to try another way */
      frozen = frozen || clip->still_for > self->clips->len * yj_video_sink_get_patience (clip->frame, self->rate);
    }
  if (self->frozen == frozen)
    return;
  self->frozen = frozen;
  g_object_notify_by_pspec (G_OBJECT (self), yj_compare_props[PROP_FROZEN]);
}

/* Counted in ticks, as of one clip alone: whether one plays of which no picture comes. */
void
yj_compare_look_for_frames (YjCompare *self)
{
  for (guint i = 0; i < self->clips->len; i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      if (clip->bin == NULL || !self->moving || self->position >= clip->length - clip->frame)
        clip->still_for = 0;
      else
        clip->still_for++;
    }
  update_frozen (self);
}

static void
invalidate_contents_cb (GdkPaintable *paintable,
                        YjCompare    *self)
{
  for (guint i = 0; i < self->clips->len; i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      if (clip->paintable != paintable || clip->bin == NULL)
        continue;
      clip->still_for = 0;
      update_frozen (self);
      if (clip->shown)
        continue;
      clip->shown = TRUE;
      g_signal_emit (self, yj_compare_clip_changed, 0, i);
    }
}

typedef struct
{
  gint64  picture_end;
  GError *error;
} Look;

static void
free_looks (gpointer data)
{
  for (guint i = 0; i < YJ_COMPARE_MOST; i++)
    g_clear_error (&((Look *) data)[i].error);
  g_free (data);
}

static void
look_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GPtrArray *files = task_data;
  Look *looks = g_new0 (Look, YJ_COMPARE_MOST);

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr(GFileInputStream) stream = g_file_read (files->pdata[i], NULL, &looks[i].error);

      if (stream != NULL)
        looks[i].picture_end = yj_picture_end_read (g_file_peek_path (files->pdata[i]));
    }
  g_task_return_pointer (task, looks, free_looks);
}

/* Then they are opened: how long each is has to be known before the first seek, and a file that is not there would take the
   whole pipeline back. */
static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  YjCompare *self = YJ_COMPARE (object);
  Look *looks = g_task_propagate_pointer (G_TASK (result), NULL);

  for (guint i = 0; i < self->clips->len && self->pipeline != NULL && self->look == G_TASK (result); i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      clip->picture_end = looks[i].picture_end;
      if (looks[i].error != NULL)
        fail_clip (self, i, g_error_matches (looks[i].error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? YJ_MEDIA_ERROR_GONE : YJ_MEDIA_ERROR_FAILED,
                   looks[i].error->message);
      else if (clip->bin != NULL)
        gst_bin_add (GST_BIN (self->pipeline), clip->bin);
    }
  free_looks (looks);
  if (self->pipeline == NULL || self->look != G_TASK (result) || yj_compare_get_leader (self) == NULL)
    return;
  self->patience = g_timeout_add_seconds (OPENING_PATIENCE, patience_cb, self);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
}

void
yj_compare_open_files (YjCompare *self,
                       GPtrArray *files)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, looked_cb, NULL);
  g_autoptr(GstBus) bus = NULL;

  yj_media_init ();
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_add_watch (bus, message_cb, self);
  for (guint i = 0; i < files->len; i++)
    {
      YjCompareClip *clip = yj_compare_clip_new (files->pdata[i], self->plainness);

      g_ptr_array_add (self->clips, clip);
      if (clip->bin != NULL)
        g_signal_connect_object (clip->paintable, "invalidate-contents", G_CALLBACK (invalidate_contents_cb), self, G_CONNECT_DEFAULT);
    }
  g_task_set_task_data (task, g_ptr_array_ref (files), (GDestroyNotify) g_ptr_array_unref);
  self->look = task;
  g_task_run_in_thread (task, look_thread);
}

void
yj_compare_halt (YjCompare *self)
{
  GPtrArray *video_sinks = g_ptr_array_new_with_free_func (gst_object_unref);
  g_autoptr(GstBus) bus = gst_element_get_bus (self->pipeline);

  g_clear_handle_id (&self->patience, g_source_remove);
  gst_bus_remove_watch (bus);
  for (guint i = 0; i < self->clips->len; i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      if (clip->paintable != NULL)
        g_signal_handlers_disconnect_by_data (clip->paintable, self);
      if (clip->bin != NULL)
        g_ptr_array_add (video_sinks, gst_object_ref (clip->video_sink));
    }
  yj_video_sink_halt (self->pipeline, video_sinks, G_OBJECT (self), NULL);
  gst_clear_object (&self->pipeline);
}

/* With other sinks, where it stands; those that failed are tried once more. */
void
yj_compare_reopen (YjCompare *self)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 position = self->position;

  for (guint i = 0; i < self->clips->len; i++)
    g_ptr_array_add (files, g_object_ref (yj_compare_get_clip (self, i)->file));
  yj_compare_halt (self);
  g_ptr_array_set_size (self->clips, 0);
  self->opened = self->moving = self->seeking = self->segmented = self->at_end = FALSE;
  self->askew = TRUE;
  self->sending = 0;
  self->steps = 0;
  self->wanted = -1;
  yj_compare_open_files (self, files);
  update_frozen (self);
  yj_compare_seek (self, position);
  for (guint i = 0; i < self->clips->len; i++)
    g_signal_emit (self, yj_compare_clip_changed, 0, i);
}
