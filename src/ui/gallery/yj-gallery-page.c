/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-page"

#include "yj-gallery-page.h"

#include <glib/gi18n.h>

#include "yj-filter-chips.h"
#include "yj-filter-popover.h"
#include "yj-job-card.h"
#include "yj-player-page.h"
#include "yj-window.h"

struct _YjGalleryPage
{
  AdwBin              parent_instance;

  YjSession          *session;
  YjGalleryModel     *model;
  GSettings          *settings;

  GtkWidget          *search_bar;
  GtkEditable        *search;
  GtkWidget          *filter_button;
  YjFilterPopover    *filters;
  YjFilterChips      *chips;
  GtkStack           *stack;
  GtkGridView        *grid;
  GtkNoSelection     *selection;
};

typedef enum
{
  PROP_SESSION = 1,
} YjGalleryPageProps;

static GParamSpec *props[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (YjGalleryPage, yj_gallery_page, ADW_TYPE_BIN)

/* ---- what is shown */

static void
update_stack (YjGalleryPage *self)
{
  guint n_all = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (yj_gallery_model_get_queue (self->model))) : 0;
  guint n_shown = self->model != NULL ? yj_gallery_model_get_n_jobs (self->model) : 0;
  gboolean filtered = self->model != NULL && yj_gallery_model_count_values (self->model) > 0;

  gtk_stack_set_visible_child_name (self->stack, n_shown > 0 ? "grid" : n_all == 0 ? "empty" : "nothing");
  gtk_widget_set_visible (self->search_bar, n_all > 0);
  if (filtered)
    gtk_widget_add_css_class (self->filter_button, "accent");
  else
    gtk_widget_remove_css_class (self->filter_button, "accent");
}

static void
search_changed_cb (YjGalleryPage *self)
{
  if (self->model != NULL)
    yj_gallery_model_set_query (self->model, gtk_editable_get_text (self->search));
}

static void
order_changed_cb (YjGalleryPage *self)
{
  static const char * const orders[] = { "newest", "oldest", "longest", "model" };
  g_autofree char *order = g_settings_get_string (self->settings, "gallery-order");

  for (guint i = 0; self->model != NULL && i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (order, orders[i]))
      yj_gallery_model_set_order (self->model, (YjGalleryOrder) i);
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
  YjJob *first;

  if (self->model == NULL)
    return;

  /* What is typed this fast has not been looked for yet. */
  search_changed_cb (self);
  first = yj_gallery_model_get_job (self->model, 0);
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

  yj_gallery_model_clear (self->model);
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

static GPtrArray *
copy_jobs (GPtrArray *jobs)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (copy, g_object_ref (jobs->pdata[i]));

  return copy;
}

static void
undo_cb (AdwToast      *toast,
         YjGalleryPage *self)
{
  yj_job_queue_restore (yj_session_get_queue (self->session), g_object_get_data (G_OBJECT (toast), "jobs"));
}

static void
set_session (YjGalleryPage *self,
             YjSession     *session)
{
  if (!g_set_object (&self->session, session) || session == NULL)
    return;

  self->model = yj_gallery_model_new (yj_session_get_queue (session), yj_session_get_catalog (session));
  g_signal_connect_object (self->model, "changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  order_changed_cb (self);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  yj_filter_popover_set_model (self->filters, self->model);
  yj_filter_chips_set_model (self->chips, self->model);
  update_stack (self);
}

static void
yj_gallery_page_dispose (GObject *object)
{
  YjGalleryPage *self = YJ_GALLERY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_GALLERY_PAGE);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (yj_gallery_page_parent_class)->dispose (object);
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
  object_class->get_property = yj_gallery_page_get_property;
  object_class->set_property = yj_gallery_page_set_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, YJ_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (YJ_TYPE_FILTER_CHIPS);
  g_type_ensure (YJ_TYPE_FILTER_POPOVER);
  g_type_ensure (YJ_TYPE_JOB_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-gallery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, search);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, filters);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, chips);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, YjGalleryPage, selection);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
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

/* What is kept over restarts, as actions of the menu. */
static void
add_view_actions (YjGalleryPage *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GAction) order = g_settings_create_action (self->settings, "gallery-order");

  g_action_map_add_action (G_ACTION_MAP (group), order);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (group));
  g_signal_connect_object (self->settings, "changed::gallery-order", G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
yj_gallery_page_init (YjGalleryPage *self)
{
  self->settings = g_settings_new (YJ_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_view_actions (self);
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
 * @jobs: (element-type YjJob): jobs that have come to their end
 *
 * Throws them into the trash, with an offer to undo it.
 */
void
yj_gallery_page_remove (YjGalleryPage *self,
                        GPtrArray     *jobs)
{
  g_autofree char *title = NULL;
  GtkRoot *root;
  AdwToast *toast;

  g_return_if_fail (YJ_IS_GALLERY_PAGE (self));
  g_return_if_fail (jobs != NULL);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!YJ_IS_WINDOW (root) || jobs->len == 0)
    return;

  yj_job_queue_trash (yj_session_get_queue (self->session), jobs);
  title = jobs->len == 1 ? g_strdup (_("Video deleted")) :
          g_strdup_printf (ngettext ("%u video deleted", "%u videos deleted", jobs->len), jobs->len);
  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "jobs", copy_jobs (jobs), (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  yj_window_add_toast (YJ_WINDOW (root), toast);
}
