"""What the invented shop of the sample data set sells: categories, their brands, and their lines of products.

A line is `product | price from-to | what is bought with it | details`, where `*` before the product marks something
that is used up and bought again. No brand is a real one.
"""

from __future__ import annotations

CATEGORIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Phones & Audio": (
        ("Norvik", "Halden", "Luma", "Tessel", "Orbita", "云声 Yunsheng"),
        (
            "Smartphone | 249-1099 | Phone Case | 128 GB, black; 256 GB, blue; 256 GB, silver; 512 GB, green",
            "Phone Case | 9-39 | Screen Protector | clear; leather, brown; shockproof; with card slot",
            "Screen Protector | 6-24 | Charger | tempered glass, 2 pack; privacy glass; matt film, 3 pack",
            "Charger | 14-69 | Power Bank | 20 W USB-C; 65 W, two ports; wireless pad; for the car",
            "Wireless Headphones | 39-349 | Portable Speaker | over-ear, noise cancelling; in-ear; for sport",
            "Portable Speaker | 29-199 | Power Bank | waterproof; 20 h battery; with radio; mini",
            "Power Bank | 19-89 | Charger | 10,000 mAh; 20,000 mAh; solar; slim",
        ),
    ),
    "Computers": (
        ("Kestrel", "Arcadia", "Bluefin", "Tessel", "Quanta Nord", "Helix"),
        (
            "Laptop | 449-2199 | Laptop Sleeve | 14 inch, 16 GB; 15 inch, 32 GB; 13 inch, light; for games",
            "Laptop Sleeve | 15-59 | USB Hub | 13 inch, felt; 14 inch, grey; 15 inch, with pocket",
            "Mouse | 12-99 | Keyboard | wireless; ergonomic, left-handed; silent; for games, 8 buttons",
            "Keyboard | 19-189 | Mouse | mechanical, brown switches; wireless, compact; with number pad",
            "Monitor | 119-799 | USB Hub | 24 inch, full HD; 27 inch, 4K; 34 inch, curved",
            "USB Hub | 17-129 | External Drive | 4 ports; 7 ports, powered; USB-C with HDMI and network",
            "External Drive | 45-249 | USB Hub | 1 TB SSD; 2 TB SSD; 4 TB disk; shockproof",
        ),
    ),
    "Coffee & Tea": (
        ("Casa Brava", "Hillroast", "Morgentau", "青山 Qingshan", "Old Mill", "Piccolo"),
        (
            "Espresso Machine | 129-899 | Coffee Beans | with milk frother; bean to cup; lever; compact",
            "Coffee Grinder | 25-219 | Coffee Beans | hand mill; conical burrs; 40 settings",
            "*Coffee Beans | 7-29 | Paper Filters | espresso, 1 kg; Ethiopia, 250 g; house blend, 500 g; decaf, 500 g",
            "*Paper Filters | 3-9 | Coffee Beans | size 2, 100 pieces; size 4, 200 pieces; for drip kettles",
            "*Loose Tea | 5-34 | Teapot | spring green 明前; Earl Grey, 200 g; jasmine pearls; rooibos; oolong",
            "Teapot | 18-89 | Loose Tea | glass, 1 l; cast iron; porcelain, with two cups",
        ),
    ),
    "Kitchen": (
        ("Fjord & Pan", "Ardente", "Kochwerk", "Mirabel", "Oakridge", "Steelart"),
        (
            "Frying Pan | 19-129 | Spatula | 24 cm, coated; 28 cm, cast iron; 28 cm, steel; set of 2",
            "Spatula | 5-24 | Cutting Board | silicone; beech wood; slotted, steel; set of 5",
            "Chef's Knife | 24-189 | Cutting Board | 20 cm; santoku, 18 cm; Damascus steel; with sheath",
            "Cutting Board | 12-79 | Chef's Knife | bamboo; walnut, end grain; set of 3, dishwasher safe",
            "Stand Mixer | 99-549 | Baking Tin | 4.8 l, red; 4.8 l, cream; 6.7 l; with pasta roller",
            "Baking Tin | 8-39 | Spatula | springform, 26 cm; loaf; muffin, 12 cups; baguette",
            "*Dishwasher Tablets | 6-25 | Spatula | 40 pieces; 100 pieces, lemon; without phosphate",
        ),
    ),
    "Home & Light": (
        ("Lindholm", "Casaluna", "Brightwell", "Nordlicht", "Havn", "Solveig"),
        (
            "Desk Lamp | 19-149 | Light Bulb | with clamp; dimmable, white; brass; with USB charger",
            "*Light Bulb | 3-19 | Desk Lamp | E27, warm white, 4 pack; E14, candle; smart, colour",
            "Bed Linen | 29-149 | Pillow | 135 x 200, linen, sand; 155 x 220, satin; flannel, checked",
            "Pillow | 15-99 | Bed Linen | memory foam; down, 80 x 80; for side sleepers",
            "Scented Candle | 8-45 | Throw Blanket | fig and cedar; vanilla; sea salt; set of 3",
            "Throw Blanket | 24-119 | Scented Candle | wool, grey; cotton, ochre; fleece, 150 x 200",
        ),
    ),
    "Beauty": (
        ("Aurelle", "Botanica", "Mare", "白露 Bailu", "Petal & Stone", "Verena"),
        (
            "*Shampoo | 5-29 | Conditioner | for dry hair, 300 ml; volume; anti-dandruff; refill, 1 l",
            "*Conditioner | 5-29 | Shampoo | repair, 250 ml; colour protection; leave-in",
            "*Face Cream | 9-89 | Serum | day, SPF 30; night; for sensitive skin; with hyaluron, 50 ml",
            "Serum | 14-99 | Face Cream | vitamin C, 30 ml; niacinamide 10 %; retinol 0.3 %",
            "*Sunscreen | 8-35 | Face Cream | SPF 50, 200 ml; for children; mineral; stick",
            "Lipstick | 7-39 | Mascara | matt, rosewood; satin, coral; tinted balm; long lasting, red",
            "Mascara | 8-35 | Lipstick | volume, black; waterproof; brown, lengthening",
        ),
    ),
    "Clothing": (
        ("Marlow", "Field & Thread", "Sova", "Tamsin", "Grauland", "Ostrava"),
        (
            "T-Shirt | 12-49 | Jeans | organic cotton, white, M; striped, L; 3 pack, black; heavy, navy",
            "Jeans | 39-129 | Belt | slim, indigo; straight, black; wide, light blue; high waist",
            "Belt | 15-59 | Jeans | leather, brown; woven; reversible, black and tan",
            "Rain Jacket | 49-249 | Merino Socks | yellow, M; packable; olive, L; with reflective seams",
            "Merino Socks | 9-29 | T-Shirt | 2 pairs, grey; hiking, 39-42; knee-high; thin, black",
            "Knitted Jumper | 35-159 | Merino Socks | lambswool, green; roll neck; cotton, cream",
        ),
    ),
    "Running & Fitness": (
        ("Velo Corsa", "Strider", "Apex Nine", "Nimbus Trail", "Kinetik", "Sova"),
        (
            "Running Shoes | 59-189 | Running Socks | road, 42; trail, waterproof, 43; light, 39; stable, 41",
            "Running Socks | 8-25 | Running Shoes | 2 pairs, cushioned; compression; anti-blister",
            "Yoga Mat | 19-89 | Resistance Bands | 6 mm, sage; cork; travel, foldable; extra long",
            "Resistance Bands | 9-39 | Yoga Mat | set of 5; fabric, 3 strengths; with handles",
            "Sports Watch | 79-449 | Running Shoes | GPS, black; with heart rate; triathlon; small, rose",
            "*Protein Powder | 19-59 | Water Bottle | vanilla, 1 kg; chocolate, 2 kg; vegan, 750 g",
            "Water Bottle | 9-39 | Protein Powder | steel, 750 ml; with filter; soft flask, 500 ml",
        ),
    ),
    "Outdoor & Garden": (
        ("Greenhand", "Alpenrot", "Rootwell", "Borealis", "Terra Firma", "Kestrel"),
        (
            "Tent | 79-499 | Sleeping Bag | 2 persons, 2.1 kg; 4 persons; one person, ultralight",
            "Sleeping Bag | 39-299 | Sleeping Mat | down, to -5 degrees; summer; for children",
            "Sleeping Mat | 19-169 | Camping Stove | self-inflating; foam, folding; double",
            "Camping Stove | 25-139 | Tent | gas, 80 g; with pot; two burners",
            "Garden Shears | 14-79 | Flower Seeds | bypass; for hedges; telescopic",
            "*Flower Seeds | 2-9 | Potting Soil | wild meadow, 100 g; sunflower; sweet peas; for bees",
            "*Potting Soil | 5-19 | Flower Seeds | 20 l, without peat; herbs, 10 l; tomatoes, 40 l",
        ),
    ),
    "Baby & Kids": (
        ("Pippin", "Kleeblatt", "Little Harbour", "Wolkenschaf", "Tuktuk", "小竹 Xiaozhu"),
        (
            "*Nappies | 8-45 | Baby Wipes | size 2, 60 pieces; size 3, 90 pieces; size 4, monthly box",
            "*Baby Wipes | 3-19 | Nappies | water, 12 x 56; with aloe; biodegradable",
            "Baby Bottle | 7-29 | Nappies | glass, 240 ml; anti-colic, 2 pack; with straw",
            "Building Blocks | 12-89 | Picture Book | wood, 100 pieces; magnetic, 48 pieces; farm; railway",
            "Picture Book | 6-19 | Building Blocks | about bears; with flaps; good-night stories; first words",
            "Scooter | 39-139 | Kids' Helmet | three wheels; foldable, blue; with lights",
            "Kids' Helmet | 19-59 | Scooter | 46-52 cm, dinosaurs; 52-56 cm, mint; with LED",
        ),
    ),
    "Pets": (
        ("Pawsome", "Whisker & Co", "Rufus", "Felina", "Waldhund", "Barley"),
        (
            "*Dog Food | 9-69 | Dog Treats | adult, chicken, 12 kg; grain free, 4 kg; puppy; senior, lamb",
            "*Dog Treats | 3-15 | Dog Food | dental sticks, 28 pieces; training bites; dried duck",
            "Dog Lead | 9-45 | Dog Treats | 2 m, leather; retractable, 5 m; reflective",
            "*Cat Food | 6-49 | Cat Litter | salmon pouches, 48; adult, 3 kg; kitten; with tuna, 24 tins",
            "*Cat Litter | 6-29 | Cat Food | clumping, 10 kg; wood, 20 l; tofu 豆腐猫砂, 6 l",
            "Scratching Post | 19-149 | Cat Food | 60 cm, sisal; ceiling high; cardboard lounge",
        ),
    ),
    "Books & Games": (
        ("Lantern Press", "Ravel House", "Quill & Fox", "Meeple Works", "Arbor", "Hexagon"),
        (
            "Crime Novel | 6-19 | Crime Novel | The Harbour Clerk; A Winter Alibi; Nine Doors; The Salt Road",
            "Fantasy Novel | 7-24 | Crime Novel | The Ash Throne; Glass River; Daughters of Rain; Book of Moths",
            "Cookbook | 12-39 | Fantasy Novel | vegetables; bread; one pot; Sichuan at home 在家做川菜",
            "Board Game | 15-69 | Jigsaw Puzzle | for 2 players; cooperative; for families; strategy, 3 hours",
            "Jigsaw Puzzle | 8-29 | Board Game | 1,000 pieces, map; 2,000 pieces, lighthouse; 500 pieces",
            "Notebook | 4-29 | Fountain Pen | A5, dotted; A4, lined; pocket, 3 pack; leather cover",
            "Fountain Pen | 9-89 | Notebook | fine, blue; with converter; starter set; broad, black",
        ),
    ),
}

# What it takes to try whether a table copes: names as long as real shops have them.
LONG_NAMES: tuple[str, ...] = (
    "Extended Travel Edition with Carrying Bag, Spare Parts, Cleaning Kit and Printed Manual in Nine Languages",
    "Gift Edition in a Hand-Finished Wooden Box with Certificate, Care Set and Personal Engraving",
    "Professional Series, Third Generation, Recommended by Independent Testers Four Years in a Row",
    "Anniversary Collection 周年纪念珍藏版 in Numbered Packaging, Limited to 500 Pieces, with Booklet",
    "Value Pack for Large Households, Plastic-Free Recycled Packaging, Delivered to Your Door",
)
