/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-attachment-strip"

#include "yj-attachment-strip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-attachment-dialog.h"
#include "yj-chip.h"
#include "yj-wrap-box.h"

/* The attachments of a message as chips. Of one that is being written, they can be removed, and put in as text. */
struct _YjAttachmentStrip
{
  GtkWidget   parent_instance;
  GtkWidget  *box;
  GListModel *model;
  gboolean    editable;
};

typedef enum
{
  PROP_EDITABLE = 1,
} YjAttachmentStripProps;

enum
{
  REMOVE,
  INSERT,
  N_SIGNALS,
};

static GParamSpec *props[PROP_EDITABLE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjAttachmentStrip, yj_attachment_strip, GTK_TYPE_WIDGET)

static void
removed_cb (YjChip            *chip,
            YjAttachmentStrip *self)
{
  g_signal_emit (self, signals[REMOVE], 0, g_object_get_data (G_OBJECT (chip), "attachment"));
}

static void
insert_cb (YjAttachmentDialog *dialog,
           YjAttachment       *attachment,
           YjAttachmentStrip  *self)
{
  g_signal_emit (self, signals[INSERT], 0, attachment);
}

static void
activated_cb (YjChip            *chip,
              YjAttachmentStrip *self)
{
  YjAttachmentDialog *dialog = yj_attachment_dialog_new (g_object_get_data (G_OBJECT (chip), "attachment"), self->editable);

  g_signal_connect_object (dialog, "insert", G_CALLBACK (insert_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
add_chip (YjAttachmentStrip *self,
          YjAttachment      *attachment)
{
  g_autofree char *size = g_format_size (yj_attachment_get_size (attachment));
  GtkWidget *chip = yj_chip_new ("text-x-generic-symbolic", yj_attachment_get_name (attachment), size);

  g_object_set (chip, "removable", self->editable, NULL);
  g_object_set_data_full (G_OBJECT (chip), "attachment", g_object_ref (attachment), g_object_unref);
  g_signal_connect_object (chip, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (chip, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_DEFAULT);
  adw_wrap_box_append (ADW_WRAP_BOX (self->box), chip);
}

static void
refill (YjAttachmentStrip *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  yj_wrap_box_clear (ADW_WRAP_BOX (self->box));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (self->model, i);

      add_chip (self, attachment);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

/* ---- the object */

static void
yj_attachment_strip_dispose (GObject *object)
{
  YjAttachmentStrip *self = YJ_ATTACHMENT_STRIP (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (yj_attachment_strip_parent_class)->dispose (object);
}

static void
yj_attachment_strip_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch ((YjAttachmentStripProps) prop_id)
    {
    case PROP_EDITABLE:
      g_value_set_boolean (value, YJ_ATTACHMENT_STRIP (object)->editable);
      break;
    }
}

static void
yj_attachment_strip_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch ((YjAttachmentStripProps) prop_id)
    {
    case PROP_EDITABLE:
      YJ_ATTACHMENT_STRIP (object)->editable = g_value_get_boolean (value);
      break;
    }
}

static void
yj_attachment_strip_class_init (YjAttachmentStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_attachment_strip_dispose;
  object_class->get_property = yj_attachment_strip_get_property;
  object_class->set_property = yj_attachment_strip_set_property;

  props[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, FALSE,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /* Both with the attachment: it is to be taken away; its text is to stand among the words instead. */
  signals[REMOVE] = g_signal_new ("remove", YJ_TYPE_ATTACHMENT_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, YJ_TYPE_ATTACHMENT);
  signals[INSERT] = g_signal_new ("insert", YJ_TYPE_ATTACHMENT_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, YJ_TYPE_ATTACHMENT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_attachment_strip_init (YjAttachmentStrip *self)
{
  self->box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->box), 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Attachments"), -1);
}

/**
 * yj_attachment_strip_new:
 * @model: (nullable): a model of [class@Yj.Attachment]
 *
 * Returns: (transfer floating): chips that show them, and each when it is pressed
 */
GtkWidget *
yj_attachment_strip_new (GListModel *model)
{
  GtkWidget *self = g_object_new (YJ_TYPE_ATTACHMENT_STRIP, NULL);

  yj_attachment_strip_set_model (YJ_ATTACHMENT_STRIP (self), model);
  return self;
}

/**
 * yj_attachment_strip_set_model:
 * @self: an attachment strip
 * @model: (nullable): a model of [class@Yj.Attachment], live
 */
void
yj_attachment_strip_set_model (YjAttachmentStrip *self,
                               GListModel        *model)
{
  g_return_if_fail (YJ_IS_ATTACHMENT_STRIP (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (refill), self, G_CONNECT_SWAPPED);
  refill (self);
}
