/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drops on the Create place: during the drag it shows where it will land and why something is refused. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <glib/gi18n.h>

/* What a drop here would do. */
typedef struct
{
  int         role;             /* the slot pointed at, -1: none in particular */
  YjSlotView *view;
  guint       position;
} Aim;

static void
say_hint (YjReferencePanel *self,
          const char       *text,
          gboolean          refused)
{
  gtk_stack_set_visible_child_name (self->stack, text != NULL ? "hint" : "buttons");
  gtk_label_set_label (self->hint, text != NULL ? text : "");
  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->hint), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "refused");
}

static void
mark_none (YjReferencePanel *self)
{
  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      YjSlotView *view = yj_reference_panel_find_view (self, role);

      if (view != NULL)
        yj_slot_view_set_drop (view, YJ_DROP_NONE);
    }
}

/* ---- what is being dragged */
static YjMediaKind
kind_of_type (const char *content_type)
{
  if (content_type == NULL)
    return YJ_MEDIA_KIND_UNKNOWN;
  if (g_content_type_is_a (content_type, "image/*"))
    return YJ_MEDIA_KIND_IMAGE;
  if (g_content_type_is_a (content_type, "video/*"))
    return YJ_MEDIA_KIND_VIDEO;
  if (g_content_type_is_a (content_type, "audio/*"))
    return YJ_MEDIA_KIND_AUDIO;

  return YJ_MEDIA_KIND_UNKNOWN;
}

typedef struct
{
  YjReferencePanel *panel;      /* owned */
  guint             index;
} Query;

static void
query_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Query *query = user_data;
  g_autoptr(YjReferencePanel) self = query->panel;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || query->index >= self->drag_kinds->len)
    return;

  g_array_index (self->drag_kinds, YjMediaKind, query->index) =
    info != NULL ? kind_of_type (g_file_info_get_content_type (info)) : YJ_MEDIA_KIND_UNKNOWN;
  self->drag_known = TRUE;
}

/* Asks what the dragged files are, without holding up the drag. */
static void
learn_files (YjReferencePanel *self,
             GSList           *files)
{
  self->drag_remote = files != NULL;
  for (GSList *l = files; l != NULL; l = l->next)
    {
      YjMediaKind unknown = YJ_MEDIA_KIND_UNKNOWN;
      Query *query;

      if (g_file_has_uri_scheme (l->data, "http") || g_file_has_uri_scheme (l->data, "https"))
        continue;
      self->drag_remote = FALSE;
      query = g_new0 (Query, 1);
      query->panel = g_object_ref (self);
      query->index = self->drag_kinds->len;
      g_array_append_val (self->drag_kinds, unknown);
      g_file_query_info_async (l->data, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                               self->drag_cancellable, query_cb, query);
    }
}

static void
forget_drag (YjReferencePanel *self)
{
  g_cancellable_cancel (self->drag_cancellable);
  g_clear_object (&self->drag_cancellable);
  self->drag_cancellable = g_cancellable_new ();
  g_array_set_size (self->drag_kinds, 0);
  self->drag_known = FALSE;
  self->drag_remote = FALSE;
  mark_none (self);
  say_hint (self, NULL, FALSE);
}

static void
value_cb (GtkDropTarget    *target,
          GParamSpec       *pspec,
          YjReferencePanel *self)
{
  const GValue *value = gtk_drop_target_get_value (target);

  if (value == NULL || self->drag_kinds->len > 0)
    return;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

      learn_files (self, files);
      g_slist_free (files);
    }
  else if (G_VALUE_HOLDS (value, YJ_TYPE_DRAFT_FILE) || G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      YjMediaKind kind = G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) ? YJ_MEDIA_KIND_IMAGE
                                                                 : yj_draft_file_get_kind (g_value_get_object (value));

      g_array_append_val (self->drag_kinds, kind);
      self->drag_known = TRUE;
    }
}

/* ---- where it would land */
static Aim
find_aim (YjReferencePanel *self,
          double            x,
          double            y)
{
  Aim aim = { -1, NULL, G_MAXUINT };

  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      YjSlotView *view = yj_reference_panel_find_view (self, role);
      graphene_rect_t box;

      if (view == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (view), self->area, &box) ||
          !graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        continue;
      aim.role = role;
      aim.view = view;
      aim.position = yj_slot_view_get_position (view, x - box.origin.x, y - box.origin.y);
    }

  return aim;
}

/* The slot in which a file of this kind would end, given where it is aimed; -1 for none. */
static int
find_landing (YjReferencePanel *self,
              const Aim        *aim,
              YjMediaKind       kind)
{
  YjSlotRole role;

  if (aim->view != NULL && yj_slot_get_kind (yj_slot_view_get_slot (aim->view)) == kind)
    return aim->role;

  return yj_draft_find_slot (self->draft, kind, &role) ? (int) role : -1;
}

static gboolean
takes_no_files (YjReferencePanel *self)
{
  return g_list_model_get_n_items (yj_model_get_slots (yj_draft_get_model (self->draft))) == 0;
}

/* @lands: by role, whether something would land there. */
static void
show_landings (YjReferencePanel *self,
               const gboolean   *lands)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) labels = NULL;
  g_autofree char *list = NULL, *text = NULL;

  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    {
      YjSlotView *view = lands[role] ? yj_reference_panel_find_view (self, role) : NULL;

      if (view == NULL)
        continue;
      yj_slot_view_set_drop (view, YJ_DROP_HERE);
      g_strv_builder_add (builder, yj_slot_get_label (yj_slot_view_get_slot (view)));
    }

  labels = g_strv_builder_end (builder);
  /* translators: between the things of a list */
  list = g_strjoinv (_(", "), labels);
  /* translators: %s: places for files, such as First Frame */
  text = g_strdup_printf (_("Drop to add to: %s"), list);
  say_hint (self, text, FALSE);
}

/* Marks where the drop would land; gives the action, 0 when all of it is refused. What is of no known kind may be
   dropped all the same: only looking into it tells what it is, or what is wrong with it. */
static GdkDragAction
show_plan (YjReferencePanel *self,
           GtkDropTarget    *target,
           double            x,
           double            y)
{
  const GValue *value = gtk_drop_target_get_value (target);
  Aim aim = find_aim (self, x, y);
  g_autofree char *refusal = NULL;
  gboolean lands[YJ_SLOT_REFERENCE_AUDIO + 1] = { FALSE }, any = FALSE, unknown = FALSE;

  mark_none (self);
  if (self->drag_remote)
    {
      say_hint (self, _("This lies on the web. Save it to this computer first, then drop it."), TRUE);
      return 0;
    }
  if (takes_no_files (self))
    {
      say_hint (self, _("Drop to make a video from it."), FALSE);
      return GDK_ACTION_COPY;
    }
  if (!self->drag_known)
    return GDK_ACTION_COPY;

  for (guint i = 0; i < self->drag_kinds->len; i++)
    {
      YjMediaKind kind = g_array_index (self->drag_kinds, YjMediaKind, i);
      int role = find_landing (self, &aim, kind);

      unknown = unknown || kind == YJ_MEDIA_KIND_UNKNOWN;
      if (role >= 0)
        lands[role] = any = TRUE;
      else if (refusal == NULL)
        refusal = yj_attacher_dup_refusal (self->draft, kind);
    }
  if (!any)
    {
      if (aim.view != NULL)
        yj_slot_view_set_drop (aim.view, YJ_DROP_REFUSED);
      say_hint (self, refusal, TRUE);
      return unknown ? GDK_ACTION_COPY : 0;
    }

  show_landings (self, lands);
  return value != NULL && G_VALUE_HOLDS (value, YJ_TYPE_DRAFT_FILE) ? GDK_ACTION_MOVE : GDK_ACTION_COPY;
}

/* ---- the drop itself */

/* An attached file within the panel: to another place in its slot, or over to another slot. */
static gboolean
drop_own (YjReferencePanel *self,
          YjDraftFile      *dropped,
          const Aim        *aim)
{
  g_autoptr(YjDraftFile) file = g_object_ref (dropped);
  GListModel *files;

  if (aim->view == NULL || yj_slot_get_kind (yj_slot_view_get_slot (aim->view)) != yj_draft_file_get_kind (file))
    return FALSE;

  files = yj_draft_get_files (self->draft, (YjSlotRole) aim->role);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(YjDraftFile) other = g_list_model_get_item (files, i);

      if (other != file)
        continue;
      yj_draft_move_file (self->draft, file, aim->position > i ? aim->position - 1 : aim->position);
      return TRUE;
    }

  yj_draft_remove_file (self->draft, file);
  if (!yj_draft_add_file (self->draft, (YjSlotRole) aim->role, file))
    return FALSE;
  yj_draft_move_file (self->draft, file, aim->position);
  return TRUE;
}

static gboolean
drop_files (YjReferencePanel *self,
            GSList           *files,
            const Aim        *aim)
{
  gboolean any = FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    {
      if (g_file_has_uri_scheme (l->data, "http") || g_file_has_uri_scheme (l->data, "https"))
        continue;
      yj_attacher_add (self->attacher, l->data, aim->role);
      any = TRUE;
    }
  if (!any)
    yj_reference_panel_say (self, _("This lies on the web. Save it to this computer first, then drop it."));

  return any;
}

static gboolean
drop_cb (GtkDropTarget    *target,
         const GValue     *value,
         double            x,
         double            y,
         YjReferencePanel *self)
{
  Aim aim = find_aim (self, x, y);
  gboolean taken = FALSE;

  gtk_revealer_set_reveal_child (self->notice_revealer, FALSE);
  if (G_VALUE_HOLDS (value, YJ_TYPE_DRAFT_FILE))
    taken = drop_own (self, g_value_get_object (value), &aim);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

      taken = drop_files (self, files, &aim);
      g_slist_free (files);
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      yj_reference_panel_take_texture (self, g_value_get_object (value), aim.role);
      taken = TRUE;
    }

  forget_drag (self);
  return taken;
}

static gboolean
accept_cb (GtkDropTarget    *target,
           GdkDrop          *drop,
           YjReferencePanel *self)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);

  if (self->draft == NULL)
    return FALSE;

  return gdk_content_formats_contain_gtype (formats, YJ_TYPE_DRAFT_FILE) ||
         gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
         gdk_content_formats_contain_mime_type (formats, "text/uri-list") ||
         gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) ||
         gdk_content_formats_contain_mime_type (formats, "image/png");
}

static GdkDragAction
enter_cb (GtkDropTarget    *target,
          double            x,
          double            y,
          YjReferencePanel *self)
{
  forget_drag (self);
  value_cb (target, NULL, self);
  return show_plan (self, target, x, y);
}

static GdkDragAction
motion_cb (GtkDropTarget    *target,
           double            x,
           double            y,
           YjReferencePanel *self)
{
  return show_plan (self, target, x, y);
}

static void
leave_cb (GtkDropTarget    *target,
          YjReferencePanel *self)
{
  forget_drag (self);
}

void
yj_reference_panel_init_drop (YjReferencePanel *self,
                              GtkWidget        *area)
{
  GType types[] = { YJ_TYPE_DRAFT_FILE, GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_MOVE);

  self->drag_cancellable = g_cancellable_new ();
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_drop_target_set_preload (target, TRUE);
  /* before the prompt gets it, which would take the name of a file as text */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "accept", G_CALLBACK (accept_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "notify::value", G_CALLBACK (value_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
}
