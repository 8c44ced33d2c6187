/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being dragged over the Create place, as far as it can be told before it is dropped. */
#define G_LOG_DOMAIN "yj-reference-panel"

#include "yj-reference-panel-private.h"

#include <string.h>

#include "yj-web-drop.h"

#define MAX_ASKED 100           /* files of a drag whose kind is asked for while it is over the window */

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

/* The pointer need not move for it to be told. */
static void
show_again (YjReferencePanel *self)
{
  if (self->drag_over)
    yj_reference_panel_show_drop (self, self->drag_x, self->drag_y);
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

  YjDropItem *item;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || query->index >= self->dragged->len)
    return;

  item = &g_array_index (self->dragged, YjDropItem, query->index);
  item->type = info != NULL ? g_intern_string (g_file_info_get_content_type (info)) : NULL;
  item->kind = kind_of_type (item->type);
  self->drag_known = TRUE;
  if (--self->drag_asked == 0)
    show_again (self);
}

/* Asks what the dragged files are, without holding up the drag. */
static void
learn_files (YjReferencePanel *self,
             GSList           *files)
{
  for (GSList *l = files; l != NULL; l = l->next)
    {
      YjDropItem unknown = { YJ_MEDIA_KIND_UNKNOWN, NULL };
      Query *query;

      query = g_new0 (Query, 1);
      query->panel = g_object_ref (self);
      query->index = self->dragged->len;
      g_array_append_val (self->dragged, unknown);
      if (!g_file_is_native (l->data) || self->dragged->len > MAX_ASKED)
        {
          /* what lies elsewhere, and the rest of very many: it is known when it is dropped */
          g_object_unref (query->panel);
          g_free (query);
          continue;
        }
      self->drag_asked++;
      g_file_query_info_async (l->data, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                               self->drag_cancellable, query_cb, query);
    }
}

static void
learn_one (YjReferencePanel *self,
           YjMediaKind       kind)
{
  YjDropItem item = { kind, NULL };

  g_array_append_val (self->dragged, item);
  self->drag_known = TRUE;
  show_again (self);
}

void
yj_reference_panel_forget_drag (YjReferencePanel *self)
{
  g_cancellable_cancel (self->drag_cancellable);
  g_clear_object (&self->drag_cancellable);
  self->drag_cancellable = g_cancellable_new ();
  g_array_set_size (self->dragged, 0);
  self->drag_asked = 0;
  self->drag_over = FALSE;
  self->drag_known = FALSE;
  self->drag_nothing = FALSE;
  g_clear_object (&self->drag_own);
  yj_reference_panel_show_no_drop (self);
}

/* A picture is one whatever its address is; without, the address tells only by its ending. */
static YjMediaKind
get_kind_of_address (const char *address,
                     gboolean    pictured)
{
  g_autoptr(GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  g_autofree char *type = uri != NULL ? g_content_type_guess (g_uri_get_path (uri), NULL, 0, NULL) : NULL;
  YjMediaKind kind = kind_of_type (type);

  return kind == YJ_MEDIA_KIND_UNKNOWN && pictured ? YJ_MEDIA_KIND_IMAGE : kind;
}

/* @value: (nullable): what the browser gives; @address: (nullable): what is to be fetched of it; @pictured: it gives a
   picture, too. */
void
yj_reference_panel_learn_address (YjReferencePanel *self,
                                  const GValue     *value,
                                  const char       *address,
                                  gboolean          pictured)
{
  /* A piece of a page in which there is a picture promises one. */
  gboolean shows = value != NULL && G_VALUE_HOLDS (value, YJ_TYPE_WEB_MARKUP) && strcasestr (g_value_get_boxed (value), "<img") != NULL;

  self->drag_nothing = address == NULL && !pictured;
  learn_one (self, get_kind_of_address (address, pictured || shows));
}

void
yj_reference_panel_learn_value (YjReferencePanel *self,
                                const GValue     *value)
{
  if (value == NULL || self->dragged->len > 0)
    return;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

      learn_files (self, files);
      g_slist_free (files);
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    learn_one (self, YJ_MEDIA_KIND_IMAGE);
  else if (G_VALUE_HOLDS (value, YJ_TYPE_DRAFT_FILE) && g_set_object (&self->drag_own, g_value_get_object (value)))
    learn_one (self, yj_draft_file_get_kind (self->drag_own));
}
