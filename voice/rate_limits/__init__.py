"""How often somebody tried: counted where every process of ours sees it, under names that say nothing of anybody."""
