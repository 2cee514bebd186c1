/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-tone.h"

const char *
baton_tone_get_css_class (BatonTone tone)
{
  switch (tone)
    {
    case BATON_TONE_ACCENT:
      return "accent";
    case BATON_TONE_SUCCESS:
      return "success";
    case BATON_TONE_WARNING:
      return "warning";
    case BATON_TONE_ERROR:
      return "error";
    case BATON_TONE_NEUTRAL:
    default:
      return NULL;
    }
}
