namespace Lapstack.Wire;

/// <summary>What is wrong with how a request says that it is signed, whatever its key.</summary>
internal enum SignatureFault
{
    /// <summary>Signed in a way that is not verified here: signature version 2, 4A, a bearer token.</summary>
    Unsupported,

    /// <summary>Signed in the header and in the query.</summary>
    Twice,

    /// <summary>A part is missing, malformed or there twice.</summary>
    Incomplete,

    /// <summary>The time of the signature is missing or none.</summary>
    Date,

    /// <summary>How long a presigned request is good is no number, or not within a week.</summary>
    Expires,
}
