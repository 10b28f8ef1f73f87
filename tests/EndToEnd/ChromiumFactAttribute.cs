namespace Jobs.Tests.EndToEnd;

/// <summary>A test in a browser; without Chromium it is skipped.</summary>
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.Missing;
}
