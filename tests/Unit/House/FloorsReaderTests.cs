namespace Jobs.Tests.Unit.House;

/// <summary>What <see cref="Floors"/> finds, on a house of two: Low below, High above.</summary>
public sealed class FloorsReaderTests
{
    private const string High = "namespace House.High; class Roof; class Roof<T>; class TileAttribute : Attribute;" +
        " static class Ropes { public static void Climb(this string text) { } }";

    [Theory]
    [InlineData("using House.High; namespace House.Low; class Cellar { Roof? roof; }")]
    [InlineData("using House.High; namespace House.Low; class Cellar { object roof = new List<Roof>(); }")]
    [InlineData("using House.High; namespace House.Low; class Cellar { object roof = typeof(Roof<>); }")]
    [InlineData("using House.High; namespace House.Low; class Cellar { bool Is(object it) => it is string or Roof; }")]
    [InlineData("using House.High; namespace House.Low; class Cellar { object roof = Roof.Build(); }")]
    [InlineData("using House.High; namespace House.Low; [Tile] class Cellar;")]
    [InlineData("using House.High; namespace House.Low; class Cellar { void Up() => \"rope\".Climb(); }")]
    [InlineData("using static House.High.Roof; namespace House.Low; class Cellar;")]
    [InlineData("using Top = House.High.Roof; namespace House.Low; class Cellar;")]
    [InlineData("namespace House.Low; class Cellar { High.Roof? roof; }")]
    [InlineData("namespace House.Low; class Cellar { object roof = House.High.Roof.Build(); }")]
    [InlineData("namespace House.High; class Cellar : Roof;")]
    [InlineData("namespace House.High.Deep; class Cellar(Roof roof);")]
    public void Use_of_what_lies_above_is_an_offence(string low) =>
        Assert.StartsWith("Low/Cellar.cs uses ", Assert.Single(Offences(low)), StringComparison.Ordinal);

    [Theory]
    [InlineData("namespace House.Low; class Cellar { Roof? roof; }")]
    [InlineData("using House.High; namespace House.Low; class Cellar { Roof<int, int>? roof; }")]
    [InlineData("using House.High; namespace House.Low; class Roof; class Cellar { Roof? roof; }")]
    [InlineData("using House.High; namespace House.Low; class Cellar(string Roof) { int length = Roof.Length; }")]
    [InlineData("using House.High; namespace House.Low; class Cellar(Cellar next) { object it = next.Roof; }")]
    [InlineData("using House.High; namespace House.Low; class Cellar { string text = \"Roof\"; }")]
    [InlineData("using House.High; namespace House.Low; /// <see cref=\"Roof\"/>\nclass Cellar;")]
    public void What_only_looks_like_it_is_none(string low) => Assert.Empty(Offences(low));

    [Fact]
    public void Use_of_what_lies_below_is_none() =>
        Assert.Empty(
            Offences("namespace House.Low; class Cellar;", "namespace House.High; class Roof(Low.Cellar cellar);"));

    [Fact]
    public void Folder_without_a_floor_is_an_offence() => Assert.Equal(
        ["Folder Low is on no floor. Add it to the list, below all that uses it."],
        new Floors([Source("Low/Cellar.cs", ""), Source("High/Roof.cs", "")], "High").Offences());

    [Fact]
    public void Floor_without_a_folder_is_an_offence() => Assert.Equal(
        ["Folder Attic has no source. Take it from the list."],
        new Floors([Source("Low/Cellar.cs", "")], "Low", "Attic").Offences());

    [Fact]
    public void Projects_own_folder_may_be_a_floor() => Assert.Equal(
        ["Low/Cellar.cs uses House of House.cs, which lies above it."],
        new Floors(
            [Source("Low/Cellar.cs", "class Cellar(House house);"), Source("House.cs", "class House;")],
            "Low",
            "").Offences());

    private static IReadOnlyList<string> Offences(string low, string high = High) =>
        new Floors([Source("Low/Cellar.cs", low), Source("High/Roof.cs", high)], "Low", "High").Offences();

    private static SourceFile Source(string path, string text) => new(path, text);
}
