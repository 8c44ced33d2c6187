/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-page"

#include "yj-gallery-page.h"

#include <glib/gi18n.h>

#include "yj-job-card.h"
#include "yj-player-page.h"
#include "yj-window.h"

typedef enum
{
  SHOW_ALL,
  SHOW_ACTIVE,
  SHOW_READY,
  SHOW_NOT_MADE,
} Show;                         /* in the order of the drop-down */

struct _YjGalleryPage
{
  AdwBin              parent_instance;

  YjSession          *session;
  GPtrArray          *removed;  /* YjJob: out of sight, until their toast is gone and they really go */
  gboolean            committed; /* the removed ones are being let go: the window closes */
  char              **words;    /* of the search, case-folded; NULL: none */

  GtkWidget          *search_bar;
  GtkEditable        *search;
  GtkDropDown        *states;
  GtkStack           *stack;
  GtkGridView        *grid;
  GtkCustomFilter    *filter;
  GtkFilterListModel *filtered;
  GtkNoSelection     *selection;
};

typedef enum
{
  PROP_SESSION = 1,
} YjGalleryPageProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjGalleryPage, yj_gallery_page, ADW_TYPE_BIN)

/* ---- what is shown */

static gboolean
matches_state (YjJob *job,
               Show   show)
{
  YjJobState state = yj_job_get_state (job);

  switch (show)
    {
    case SHOW_ALL:
      return TRUE;
    case SHOW_ACTIVE:
      return !yj_job_state_is_final (state);
    case SHOW_READY:
      return state == YJ_JOB_READY;
    case SHOW_NOT_MADE:
      return yj_job_state_is_final (state) && state != YJ_JOB_READY;
    }

  g_return_val_if_reached (TRUE);
}

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  YjGalleryPage *self = user_data;
  YjJob *job = item;
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  if (g_ptr_array_find (self->removed, job, NULL) || !matches_state (job, (Show) gtk_drop_down_get_selected (self->states)))
    return FALSE;
  if (self->words == NULL)
    return TRUE;

  text = g_strjoin (" ", yj_job_get_prompt (job), yj_job_get_model_name (job), NULL);
  folded = g_utf8_casefold (text, -1);
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
update_stack (YjGalleryPage *self)
{
  GListModel *all = gtk_filter_list_model_get_model (self->filtered);
  guint n_all = all != NULL ? g_list_model_get_n_items (all) : 0;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  gboolean empty = n_all <= self->removed->len;

  gtk_stack_set_visible_child_name (self->stack, n_shown > 0 ? "grid" : empty ? "empty" : "nothing");
  gtk_widget_set_visible (self->search_bar, !empty);
}

static void
refilter (YjGalleryPage *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static void
filter_changed_cb (YjGalleryPage *self)
{
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (self->search), -1);

  g_clear_pointer (&self->words, g_strfreev);
  g_strstrip (folded);
  if (*folded != '\0')
    self->words = g_strsplit_set (folded, " \t", -1);
  refilter (self);
}

static void
stop_search_cb (YjGalleryPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
search_activate_cb (YjGalleryPage *self)
{
  g_autoptr(YjJob) first = g_list_model_get_item (G_LIST_MODEL (self->filtered), 0);

  if (first != NULL)
    yj_gallery_page_open (self, first);
}

static void
activate_cb (YjGalleryPage *self,
             guint          position)
{
  g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (job != NULL)
    yj_gallery_page_open (self, job);
}

/* ---- actions */

static void
find_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (YJ_GALLERY_PAGE (widget)->search));
}

static void
show_all_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (widget);

  gtk_drop_down_set_selected (self->states, SHOW_ALL);
  gtk_editable_set_text (self->search, "");
}

/* Keys go to the item of the grid, whose child the card is. */
static void
card_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  GtkWidget *item = gtk_widget_get_focus_child (GTK_WIDGET (YJ_GALLERY_PAGE (widget)->grid));
  GtkWidget *card = item != NULL ? gtk_widget_get_first_child (item) : NULL;

  if (YJ_IS_JOB_CARD (card))
    gtk_widget_activate_action (card, g_str_equal (action, "gallery.delete") ? "job.remove" : "menu.popup", NULL);
}

/* ---- deleting, with undo */

static void
undo_cb (AdwToast      *toast,
         YjGalleryPage *self)
{
  g_ptr_array_remove (self->removed, g_object_get_data (G_OBJECT (toast), "job"));
  refilter (self);
}

static void
dismissed_cb (AdwToast      *toast,
              YjGalleryPage *self)
{
  YjJob *job = g_object_get_data (G_OBJECT (toast), "job");

  if (self->session != NULL && !self->committed && g_ptr_array_find (self->removed, job, NULL))
    {
      yj_job_queue_remove (yj_session_get_queue (self->session), job);
      g_ptr_array_remove (self->removed, job);
      update_stack (self);
    }
}

static void
set_session (YjGalleryPage *self,
             YjSession     *session)
{
  YjJobQueue *queue;

  if (!g_set_object (&self->session, session) || session == NULL)
    return;

  queue = yj_session_get_queue (session);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (queue));
  /* A job that comes to its end may belong elsewhere now. */
  g_signal_connect_object (queue, "notify::active", G_CALLBACK (refilter), self, G_CONNECT_SWAPPED);
  update_stack (self);
}

static void
yj_gallery_page_dispose (GObject *object)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_GALLERY_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_gallery_page_parent_class)->dispose (object);
}

static void
yj_gallery_page_finalize (GObject *object)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  g_ptr_array_unref (self->removed);
  g_strfreev (self->words);

  G_OBJECT_CLASS (yj_gallery_page_parent_class)->finalize (object);
}

static void
yj_gallery_page_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  switch ((YjGalleryPageProps) prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    }
}

static void
yj_gallery_page_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch ((YjGalleryPageProps) prop_id)
    {
    case PROP_SESSION:
      set_session (YJ_GALLERY_PAGE (object), g_value_get_object (value));
      break;
    }
}

static void
yj_gallery_page_class_init (YjGalleryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_gallery_page_dispose;
  object_class->finalize = yj_gallery_page_finalize;
  object_class->get_property = yj_gallery_page_get_property;
  object_class->set_property = yj_gallery_page_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_JOB_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-gallery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, search);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, states);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, filter);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, filtered);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, selection);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  gtk_widget_class_install_action (widget_class, "gallery.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "gallery.show-all", NULL, show_all_cb);
  gtk_widget_class_install_action (widget_class, "gallery.delete", NULL, card_action_cb);
  gtk_widget_class_install_action (widget_class, "gallery.menu", NULL, card_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "gallery.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "gallery.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "gallery.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "gallery.menu", NULL);
}

static void
yj_gallery_page_init (YjGalleryPage *self)
{
  self->removed = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_custom_filter_set_filter_func (self->filter, filter_cb, self, NULL);
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  update_stack (self);
}

/**
 * yj_gallery_page_open:
 * @self: the gallery
 * @job: a job
 *
 * Pushes the page of @job over the places of the window.
 */
void
yj_gallery_page_open (YjGalleryPage *self,
                      YjJob         *job)
{
  GtkWidget *navigation;

  g_return_if_fail (YJ_IS_GALLERY_PAGE (self));
  g_return_if_fail (YJ_IS_JOB (job));

  navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  if (navigation != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (yj_player_page_new (job)));
}

/**
 * yj_gallery_page_remove:
 * @self: the gallery
 * @job: a job that has come to its end
 *
 * Takes @job out of sight. It and its files go for good when the toast that offers to undo it is gone.
 */
void
yj_gallery_page_remove (YjGalleryPage *self,
                        YjJob         *job)
{
  GtkRoot *root;
  AdwToast *toast;

  g_return_if_fail (YJ_IS_GALLERY_PAGE (self));
  g_return_if_fail (YJ_IS_JOB (job));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!YJ_IS_WINDOW (root) || g_ptr_array_find (self->removed, job, NULL))
    return;

  g_ptr_array_add (self->removed, g_object_ref (job));
  refilter (self);

  toast = adw_toast_new (_("Video deleted"));
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "job", g_object_ref (job), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, 0);
  yj_window_add_toast (YJ_WINDOW (root), toast);
}

/**
 * yj_gallery_page_commit_removals:
 * @self: the gallery
 *
 * Lets go for good what was taken out of sight, as when the window closes.
 *
 * Returns: whether all of it is gone; else the queue's `items-changed` says when to ask again
 */
gboolean
yj_gallery_page_commit_removals (YjGalleryPage *self)
{
  YjJobQueue *queue;
  gboolean gone = TRUE;

  g_return_val_if_fail (YJ_IS_GALLERY_PAGE (self), TRUE);

  if (self->session == NULL)
    return TRUE;

  queue = yj_session_get_queue (self->session);
  for (guint i = 0; i < self->removed->len; i++)
    {
      YjJob *job = self->removed->pdata[i];

      if (!self->committed)
        yj_job_queue_remove (queue, job);
      gone &= yj_job_queue_find (queue, yj_job_get_uuid (job)) == NULL;
    }
  self->committed = TRUE;

  return gone;
}
