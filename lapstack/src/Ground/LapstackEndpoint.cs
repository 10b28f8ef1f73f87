namespace Lapstack.Ground;

/// <summary>Where the emulator answers. Known when the port is open, which is before any resource is created.</summary>
public sealed class LapstackEndpoint
{
    private Uri? _url;

    /// <summary>Such as <c>http://127.0.0.1:4566</c>: what functions and tasks get as AWS_ENDPOINT_URL.</summary>
    public Uri Url
    {
        get =>
            _url
                ?? throw new InvalidOperationException(
                    "The emulator's port is not open yet; read the endpoint when a resource is created, not in a " +
                    "constructor.");
        internal set => _url = value;
    }

    /// <summary>The address without a slash at its end, to put a path behind.</summary>
    public string Base => Url.GetLeftPart(UriPartial.Authority);
}
