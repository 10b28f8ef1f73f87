using Jobs.Core;

namespace Jobs.Tests.Unit.Core;

public sealed class LegibleTests
{
    [Theory]
    [InlineData("plain, Größe, 東京, 🚀\tand\r\nlines\n")]
    [InlineData("")]
    public void Text_of_people_stays_as_it_is(string text) => Assert.Equal(text, Legible.Of(text));

    [Theory]
    [InlineData("a\u001b[2Jb", "a\\u001B[2Jb")]
    [InlineData("\u0007\u009b31m\u007f", "\\u0007\\u009B31m\\u007F")]
    [InlineData("a\rb", "a\\u000Db")]
    [InlineData("a\u202egpj.exe", "a\\u202Egpj.exe")]
    [InlineData("a\u2028b\u2029", "a\\u2028b\\u2029")]
    [InlineData("a\uffff\ufdd0", "a\\uFFFF\\uFDD0")]
    [InlineData("\ud83f\udfff", "\\uD83F\\uDFFF")]
    public void What_a_terminal_must_not_get_is_written_as_JSON_writes_it(string text, string shown) =>
        Assert.Equal(shown, Legible.Of(text));

    [Fact]
    public void Half_of_a_surrogate_pair_is_written_so_too()
    {
        Assert.Equal("\\uD800x", Legible.Of(new string(['\ud800', 'x'])));
        Assert.Equal("x\\uDC00", Legible.Of(new string(['x', '\udc00'])));
    }
}
