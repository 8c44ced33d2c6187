/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-seek-preview"

#include "yj-seek-preview.h"

#include "yj-poster.h"

#define PLACES 60               /* of a clip; what bounds the memory: some 3 MiB */
#define SIZE 160                /* px of the longer side */

struct _YjSeekPreview
{
  GObject       parent_instance;

  GFile        *file;
  gint64        duration;       /* ns */
  GdkTexture   *pictures[PLACES];
  GCancellable *cancellable;
  int           wanted;         /* the place that is looked at, or -1 */
  int           asked;          /* the one that is being made, or -1 */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (YjSeekPreview, yj_seek_preview, G_TYPE_OBJECT)

static void ask (YjSeekPreview *self);

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(YjSeekPreview) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = yj_poster_load_finish (result, &error);
  int place = self->asked;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->asked = -1;
  if (texture == NULL)
    {
      g_debug ("No picture: %s", error->message);
      return;                   /* nor will there be another: the bar is as good without */
    }
  g_set_object (&self->pictures[place], texture);
  g_signal_emit (self, changed_signal, 0);
  ask (self);
}

/* One at a time: of those that the pointer passes meanwhile only the last one counts. */
static void
ask (YjSeekPreview *self)
{
  if (self->asked >= 0 || self->wanted < 0 || self->pictures[self->wanted] != NULL)
    return;
  self->asked = self->wanted;
  yj_poster_load_frame_async (self->file, SIZE, self->duration * (2 * self->asked + 1) / (2 * PLACES), self->cancellable,
                              load_cb, g_object_ref (self));
}

static void
yj_seek_preview_dispose (GObject *object)
{
  yj_seek_preview_set (YJ_SEEK_PREVIEW (object), NULL, 0);

  G_OBJECT_CLASS (yj_seek_preview_parent_class)->dispose (object);
}

static void
yj_seek_preview_class_init (YjSeekPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_seek_preview_dispose;

  changed_signal = g_signal_new ("changed", YJ_TYPE_SEEK_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yj_seek_preview_init (YjSeekPreview *self)
{
  self->wanted = -1;
  self->asked = -1;
}

/**
 * yj_seek_preview_new:
 *
 * Returns: (transfer full): a preview of nothing
 */
YjSeekPreview *
yj_seek_preview_new (void)
{
  return g_object_new (YJ_TYPE_SEEK_PREVIEW, NULL);
}

/**
 * yj_seek_preview_set:
 * @self: a preview
 * @file: (nullable): the clip
 * @duration: how long it is, ns
 *
 * Drops all pictures, and stops making one.
 */
void
yj_seek_preview_set (YjSeekPreview *self,
                     GFile         *file,
                     gint64         duration)
{
  g_return_if_fail (YJ_IS_SEEK_PREVIEW (self));

  yj_seek_preview_cancel (self);
  g_set_object (&self->file, file);
  self->duration = duration;
  for (int i = 0; i < PLACES; i++)
    g_clear_object (&self->pictures[i]);
}

/**
 * yj_seek_preview_look:
 * @self: a preview
 * @position: ns
 *
 * Has the picture of that place made by a helper, unless it is there.
 *
 * Returns: (transfer none) (nullable): the picture, or else the nearest one that is there
 */
GdkTexture *
yj_seek_preview_look (YjSeekPreview *self,
                      gint64         position)
{
  g_return_val_if_fail (YJ_IS_SEEK_PREVIEW (self), NULL);

  if (self->file == NULL || self->duration <= 0)
    return NULL;
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  self->wanted = (int) (CLAMP (position, 0, self->duration - 1) * PLACES / self->duration);
  ask (self);
  for (int away = 0; away < PLACES; away++)
    {
      if (self->wanted - away >= 0 && self->pictures[self->wanted - away] != NULL)
        return self->pictures[self->wanted - away];
      if (self->wanted + away < PLACES && self->pictures[self->wanted + away] != NULL)
        return self->pictures[self->wanted + away];
    }
  return NULL;
}

/**
 * yj_seek_preview_cancel:
 * @self: a preview
 *
 * Nobody looks any more: ends the helper. What is there stays.
 */
void
yj_seek_preview_cancel (YjSeekPreview *self)
{
  g_return_if_fail (YJ_IS_SEEK_PREVIEW (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->wanted = -1;
  self->asked = -1;
}
