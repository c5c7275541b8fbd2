// libxml2's push parser with SAX2 callbacks: no tree, so memory is bounded for any document.
#pragma once
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
