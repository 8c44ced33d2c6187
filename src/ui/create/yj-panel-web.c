/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Drops from browsers. The address gives the picture as it was made, but it is not always there to be fetched: the page made
 * the picture itself, or the site gives it only to who is signed in. The browser has it all the same, and offers it along.
 * So both are read, before the drop ends: after that the browser gives nothing any more.
 */

#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

#include "yj-attach-look.h"
#include "yj-error-text.h"
#include "yj-web-drop.h"

#define MAX_BYTES (64 << 20)    /* of a picture */
#define PATIENCE 10             /* seconds for all of it: a program that gives nothing is not waited for */

typedef struct
{
  YjReferencePanel *panel;      /* owned */
  GdkDrop          *drop;       /* owned */
  GCancellable     *cancellable;
  YjAttachAim      *aim;        /* and in which draft: another may be on show by the end */
  char             *address;
  GBytes           *picture;
  guint             patience_id;
  gboolean          over;
} Taking;

static void
taking_clear (gpointer data)
{
  Taking *taking = data;

  g_clear_object (&taking->panel);
  g_clear_object (&taking->drop);
  g_clear_object (&taking->cancellable);
  g_clear_pointer (&taking->aim, yj_attach_aim_free);
  g_clear_pointer (&taking->address, g_free);
  g_clear_pointer (&taking->picture, g_bytes_unref);
}

static void
taking_unref (Taking *taking)
{
  g_rc_box_release_full (taking, taking_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_unref)

/* @picture: (nullable): what was kept of it; @error: (nullable): why it could not be */
static void
attach (Taking       *taking,
        GFile        *picture,
        const GError *error)
{
  YjReferencePanel *self = taking->panel;

  if (self->attacher == NULL)
    {
      if (picture != NULL)
        g_file_delete_async (picture, G_PRIORITY_LOW, NULL, NULL, NULL);
      return;
    }
  if (taking->address != NULL || picture != NULL)
    yj_attacher_add_address (self->attacher, taking->address, picture, taking->aim);
  else
    {
      g_autofree char *reason = error != NULL ? yj_error_text_dup (error) : NULL;

      yj_reference_panel_say (self, reason != NULL ? reason : _("There is no picture and no address in this."));
    }
  yj_attacher_release (self->attacher);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Taking) taking = user_data;
  g_autoptr(GError) error = NULL;
  gboolean saved = g_file_replace_contents_finish (G_FILE (object), result, NULL, &error);

  if (!saved)
    g_debug ("Cannot keep the picture of a drop: %s", error->message);
  attach (taking, saved ? G_FILE (object) : NULL, error);
}

/* All is read that can be had of it. */
static void
finish (Taking *taking)
{
  g_autoptr(GFile) folder = NULL, file = NULL;
  g_autofree char *uuid = NULL, *base = NULL;

  if (taking->over)
    return;
  taking->over = TRUE;
  g_clear_handle_id (&taking->patience_id, g_source_remove);
  g_cancellable_cancel (taking->cancellable);
  gdk_drop_finish (taking->drop, taking->address != NULL || taking->picture != NULL ? GDK_ACTION_COPY : 0);
  if (taking->picture == NULL)
    {
      attach (taking, NULL, NULL);
      return;
    }

  folder = yj_attach_look_dup_folder ();
  uuid = g_uuid_string_random ();
  base = g_strdup_printf ("picture-%.8s", uuid);
  file = g_file_get_child (folder, base);
  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  g_file_replace_contents_bytes_async (file, taking->picture, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, saved_cb,
                                       g_rc_box_acquire (taking));
}

static gboolean
patience_cb (gpointer user_data)
{
  Taking *taking = user_data;

  taking->patience_id = 0;
  finish (taking);
  return G_SOURCE_REMOVE;
}

/* ---- the picture */
static void
spliced_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Taking) taking = user_data;
  g_autoptr(GError) error = NULL;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (object);

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, &error) < 0)
    g_debug ("Cannot read the picture of a drop: %s", error->message);
  else if (g_memory_output_stream_get_data_size (memory) > 0)
    taking->picture = g_memory_output_stream_steal_as_bytes (memory);
  finish (taking);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Taking) taking = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = gdk_drop_read_finish (GDK_DROP (object), result, NULL, &error);
  g_autoptr(GOutputStream) memory = NULL;

  if (stream == NULL || taking->over)
    {
      finish (taking);
      return;
    }
  /* not resizable: so it is bounded; what is not written is no memory */
  memory = g_memory_output_stream_new (g_malloc (MAX_BYTES), MAX_BYTES, NULL, g_free);
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, taking->cancellable, spliced_cb, g_rc_box_acquire (taking));
}

/* ---- the address */
static GType
get_type_of_address (GdkDrop *drop)
{
  return gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), YJ_TYPE_WEB_MARKUP) ? YJ_TYPE_WEB_MARKUP : YJ_TYPE_WEB_ADDRESS;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Taking) taking = user_data;
  g_autoptr(GError) error = NULL;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (object), result, &error);

  taking->address = value != NULL && !taking->over ? yj_web_drop_dup_address (value) : NULL;
  if (yj_web_drop_get_picture_types (gdk_drop_get_formats (taking->drop)) != NULL && !taking->over)
    gdk_drop_read_async (taking->drop, yj_web_drop_get_picture_types (gdk_drop_get_formats (taking->drop)), G_PRIORITY_DEFAULT,
                         taking->cancellable, opened_cb, g_rc_box_acquire (taking));
  else
    finish (taking);
}

static gboolean
drop_cb (GtkDropTargetAsync *target,
         GdkDrop            *drop,
         double              x,
         double              y,
         YjReferencePanel   *self)
{
  g_autoptr(Taking) taking = g_rc_box_new0 (Taking);
  YjAttachAim aim = yj_reference_panel_find_aim (self, x, y, TRUE);

  taking->panel = g_object_ref (self);
  taking->drop = g_object_ref (drop);
  taking->cancellable = g_cancellable_new ();
  taking->aim = yj_attach_aim_copy (&aim);
  taking->patience_id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, PATIENCE, patience_cb, g_rc_box_acquire (taking),
                                                    (GDestroyNotify) taking_unref);
  yj_reference_panel_say_nothing (self);
  yj_attacher_hold (self->attacher);
  gdk_drop_read_value_async (drop, get_type_of_address (drop), G_PRIORITY_DEFAULT, taking->cancellable, read_cb,
                             g_rc_box_acquire (taking));
  yj_reference_panel_forget_drag (self);
  return TRUE;
}

/* ---- before the drop */
static void
learned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(YjReferencePanel) self = user_data;
  g_autoptr(GError) error = NULL;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (object), result, &error);
  g_autofree char *address = value != NULL ? yj_web_drop_dup_address (value) : NULL;
  gboolean pictured = yj_web_drop_get_picture_types (gdk_drop_get_formats (GDK_DROP (object))) != NULL;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    yj_reference_panel_learn_address (self, value, address, pictured);
}

static GdkDragAction
enter_cb (GtkDropTargetAsync *target,
          GdkDrop            *drop,
          double              x,
          double              y,
          YjReferencePanel   *self)
{
  yj_reference_panel_forget_drag (self);
  gdk_drop_read_value_async (drop, get_type_of_address (drop), G_PRIORITY_DEFAULT, self->drag_cancellable, learned_cb,
                             g_object_ref (self));
  return yj_reference_panel_show_drop (self, x, y);
}

static GdkDragAction
motion_cb (GtkDropTargetAsync *target,
           GdkDrop            *drop,
           double              x,
           double              y,
           YjReferencePanel   *self)
{
  return yj_reference_panel_show_drop (self, x, y);
}

static void
leave_cb (GtkDropTargetAsync *target,
          GdkDrop            *drop,
          YjReferencePanel   *self)
{
  yj_reference_panel_forget_drag (self);
}

static gboolean
accept_cb (GtkDropTargetAsync *target,
           GdkDrop            *drop,
           YjReferencePanel   *self)
{
  return self->draft != NULL && yj_web_drop_is_offered (gdk_drop_get_formats (drop));
}

void
yj_reference_panel_init_web (YjReferencePanel *self,
                             GtkWidget        *area)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (NULL, GDK_ACTION_COPY);

  yj_web_drop_init ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "drag-enter", G_CALLBACK (enter_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "drag-motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "drag-leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
}
