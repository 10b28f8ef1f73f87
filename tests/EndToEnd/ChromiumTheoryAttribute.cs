namespace Jobs.Tests.EndToEnd;

/// <summary>Tests in a browser; without Chromium they are skipped.</summary>
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = Chromium.Missing;
}
