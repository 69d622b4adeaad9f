"""Digests as words, so that two people can compare them by voice.

Each byte is one of 256 short English words chosen to sound unlike each other. Ten words are 80 bits: enough that nobody
makes a second organisation whose words match, and few enough to read aloud.
"""

from __future__ import annotations

_WORDS = """
acid acorn actor adobe agate alarm album alder alley almond amber anchor angle apple apron arena armor arrow aspen atlas
autumn axle bacon badge bagel baker balcony bamboo banjo barley basin basket beach beaver bench berry birch bison blanket
bonnet border bottle branch bread brick bridge bronze brush bucket budget buffalo bundle butter button cabin cactus camel
canal candle canoe canyon carbon cargo carpet castle cedar cello cement chapel cherry chisel cider cinema circus clover
cobalt coconut coffee comet copper coral cotton cradle crane crater crayon cricket crystal cypress dagger dahlia dairy
daisy desert diamond dinner dolphin domino donkey dragon drum eagle easel echo elbow elder ember engine envoy fabric
falcon farmer feather ferry fiddle finch flag flute fossil fountain fox galaxy garden garlic gazelle geyser ginger
glacier globe goblet gold granite grape gravel guitar hammer harbor harp hazel hedge helmet heron honey horizon hotel
iceberg igloo indigo iris island ivory jacket jaguar jasmine jelly jersey jewel jigsaw jungle kayak kernel kettle kiosk
kitten ladder lagoon lantern lemon lentil lilac linen lizard lobster locket lotus lumber magnet mango maple marble
meadow melon mercury mirror mitten monsoon mosaic muffin museum mustard napkin nectar needle nickel nutmeg oasis oboe
ocean olive onion opal orbit orchid otter oyster paddle panda paper parade parrot pebble pepper pigeon pillow pine
planet plum pocket pony poplar prairie prism puzzle quartz quilt rabbit radish raven ribbon river robin rocket saddle
saffron salmon sandal satin saturn shovel silver spider sponge squirrel stable statue summit swallow tango temple
thistle thunder tiger timber tomato tulip walnut
""".split()


def spoken(digest: str, count: int = 10) -> str:
    """The first ``count`` bytes of a hexadecimal digest as words."""
    return " ".join(_WORDS[byte] for byte in bytes.fromhex(digest)[:count])


def short(digest: str) -> str:
    """The first eight digits in two groups, for places where a digest only has to be recognised."""
    return f"{digest[:4]} {digest[4:8]}"
