/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-lineage-view"

#include "yj-lineage-view.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"
#include "yj-join-dialog.h"
#include "yj-lineage.h"
#include "yj-poster-image.h"
#include "yj-window.h"
#include "yj-wrap-box.h"

#define WIDTH 96                /* px of a poster */
#define HEIGHT 64
#define MOST 24                 /* posters of a kind */

struct _YjLineageView
{
  AdwBin      parent_instance;

  YjJob      *job;
  YjJobQueue *queue;            /* while in a window */
  gulong      changed_id;

  GtkWidget  *parents_group;
  AdwWrapBox *parents;
  GtkWidget  *children_group;
  AdwWrapBox *children;
  GtkWidget  *join;
};

G_DEFINE_FINAL_TYPE (YjLineageView, yj_lineage_view, ADW_TYPE_BIN)

static const char *
get_words (YjLinkKind kind,
           gboolean   parent)
{
  switch (kind)
    {
    case YJ_LINK_REMIX:
      return parent ? _("Recipe") : _("Remix");
    case YJ_LINK_EXTEND:
      return parent ? _("Goes on from") : _("Goes on in");
    case YJ_LINK_FRAME:
      return _("Frame");
    case YJ_LINK_CLIP:
      return _("Clip");
    case YJ_LINK_JOIN:
      return parent ? _("Part") : _("Film");
    }
  g_return_val_if_reached ("");
}

static void
clicked_cb (GtkButton *button,
            YjJob     *job)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  g_autoptr(YjJob) alive = g_object_ref (job);

  if (YJ_IS_WINDOW (root))
    yj_window_show_job (YJ_WINDOW (root), alive);
}

static GtkWidget *
new_picture (YjJob *job)
{
  GtkWidget *picture = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", WIDTH, "width-request", WIDTH, "height-request", HEIGHT,
                                     "icon-name", "video-x-generic-symbolic", "overflow", GTK_OVERFLOW_HIDDEN,
                                     "content-fit", GTK_CONTENT_FIT_COVER, NULL);

  if (job != NULL)
    g_object_set (picture, "file", yj_job_get_cover (job) != NULL ? yj_job_get_cover (job) : yj_job_get_file (job), NULL);
  gtk_widget_add_css_class (picture, "yj-poster");

  return picture;
}

static void
add_link (AdwWrapBox *box,
          YjLink     *link,
          gboolean    parent)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (get_words (link->kind, parent));
  GtkWidget *button = gtk_button_new ();
  const char *prompt = link->job != NULL ? yj_job_get_prompt (link->job) : NULL;
  g_autofree char *name = NULL;

  gtk_box_append (GTK_BOX (column), new_picture (link->job));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (column), label);
  gtk_button_set_child (GTK_BUTTON (button), column);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "yj-lineage");
  if (link->job == NULL)
    name = g_strdup_printf ("%s: %s", get_words (link->kind, parent), _("no longer in the gallery"));
  else
    name = g_strdup_printf ("%s: %s", get_words (link->kind, parent), prompt != NULL && *prompt != '\0' ? prompt : _("Without words"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_sensitive (button, link->job != NULL);
  if (link->job != NULL)
    g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), g_object_ref (link->job),
                           (GClosureNotify) (GCallback) g_object_unref, 0);
  adw_wrap_box_append (box, button);
}

static void
join_cb (YjLineageView *self)
{
  g_autoptr(GPtrArray) chain = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!YJ_IS_WINDOW (root) || self->queue == NULL)
    return;
  chain = yj_lineage_list_chain (self->queue, self->job);
  yj_join_dialog_present (YJ_WINDOW (root), chain);
}

static void
fill (YjLineageView *self)
{
  g_autoptr(GPtrArray) parents = NULL, children = NULL, chain = NULL;

  yj_wrap_box_clear (self->parents);
  yj_wrap_box_clear (self->children);
  if (self->job == NULL || self->queue == NULL)
    return;

  parents = yj_lineage_list_parents (self->queue, self->job);
  children = yj_lineage_list_children (self->queue, self->job);
  for (guint i = 0; i < MIN (parents->len, MOST); i++)
    add_link (self->parents, parents->pdata[i], TRUE);
  for (guint i = 0; i < MIN (children->len, MOST); i++)
    add_link (self->children, children->pdata[i], FALSE);
  chain = yj_lineage_list_chain (self->queue, self->job);
  gtk_widget_set_visible (self->join, chain->len > 1 && yj_job_get_state (self->job) == YJ_JOB_READY);
  gtk_widget_set_visible (self->parents_group, parents->len > 0);
  gtk_widget_set_visible (self->children_group, children->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), parents->len + children->len > 0);
}

/* Only what is new or gone can change it; nobody's focus is taken for other jobs' sake. */
static void
changed_cb (YjLineageView *self,
            guint          position,
            guint          removed,
            guint          added)
{
  gboolean of_interest = removed > 0;

  for (guint i = 0; i < added && !of_interest; i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (self->queue), position + i);

      of_interest = yj_job_get_parents (job) != NULL;
    }
  if (of_interest)
    fill (self);
}

static void
yj_lineage_view_root (GtkWidget *widget)
{
  YjLineageView *self = YJ_LINEAGE_VIEW (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (yj_lineage_view_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (!YJ_IS_WINDOW (root))
    return;
  self->queue = g_object_ref (yj_session_get_queue (yj_window_get_session (YJ_WINDOW (root))));
  self->changed_id = g_signal_connect_swapped (self->queue, "items-changed", G_CALLBACK (changed_cb), self);
  fill (self);
}

static void
yj_lineage_view_unroot (GtkWidget *widget)
{
  YjLineageView *self = YJ_LINEAGE_VIEW (widget);

  g_clear_signal_handler (&self->changed_id, self->queue);
  g_clear_object (&self->queue);

  GTK_WIDGET_CLASS (yj_lineage_view_parent_class)->unroot (widget);
}

static void
yj_lineage_view_dispose (GObject *object)
{
  YjLineageView *self = YJ_LINEAGE_VIEW (object);

  if (self->queue != NULL)
    g_clear_signal_handler (&self->changed_id, self->queue);
  g_clear_object (&self->queue);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (yj_lineage_view_parent_class)->dispose (object);
}

static void
yj_lineage_view_class_init (YjLineageViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_lineage_view_dispose;
  GTK_WIDGET_CLASS (klass)->root = yj_lineage_view_root;
  GTK_WIDGET_CLASS (klass)->unroot = yj_lineage_view_unroot;
}

static GtkWidget *
new_group (const char  *title,
           AdwWrapBox **box)
{
  GtkWidget *group = adw_preferences_group_new ();

  *box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (*box, 6);
  adw_wrap_box_set_line_spacing (*box, 6);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (*box));

  return group;
}

static void
yj_lineage_view_init (YjLineageView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->parents_group = new_group (_("Made From"), &self->parents);
  self->children_group = new_group (_("Used In"), &self->children);
  gtk_box_append (GTK_BOX (column), self->parents_group);
  gtk_box_append (GTK_BOX (column), self->children_group);
  self->join = gtk_button_new_with_label (_("Join Chain…"));
  gtk_widget_set_tooltip_text (self->join, _("One film of this video and those that go on from it"));
  gtk_widget_set_halign (self->join, GTK_ALIGN_START);
  g_signal_connect_swapped (self->join, "clicked", G_CALLBACK (join_cb), self);
  gtk_box_append (GTK_BOX (column), self->join);
  adw_bin_set_child (ADW_BIN (self), column);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * yj_lineage_view_set_job:
 * @self: the posters
 * @job: (nullable): whose they are
 */
void
yj_lineage_view_set_job (YjLineageView *self,
                         YjJob         *job)
{
  g_return_if_fail (YJ_IS_LINEAGE_VIEW (self));

  if (g_set_object (&self->job, job))
    fill (self);
}
