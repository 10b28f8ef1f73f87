using Jobs.Core;

namespace Jobs.Tests.Unit.Core;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abcd", "abcd")]
    [InlineData("abcde", "abc…")]
    [InlineData("ab😀", "ab😀")]
    [InlineData("ab😀c", "ab…")]
    [InlineData("a😀bc", "a😀…")]
    public void Text_is_cut_between_characters(string text, string excerpt) =>
        Assert.Equal(excerpt, Excerpt.Of(text, 4));

    [Theory]
    [InlineData("abcdef", "abcdef")]
    [InlineData("abcdefghi", "ab…ghi")]
    [InlineData("😀😀😀😀", "😀…😀")]
    public void Sentence_that_quotes_too_much_keeps_its_beginning_and_its_end(string text, string excerpt) =>
        Assert.Equal(excerpt, Excerpt.Around(text, 6));
}
