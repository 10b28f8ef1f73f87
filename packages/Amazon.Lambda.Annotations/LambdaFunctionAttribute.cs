namespace Amazon.Lambda.Annotations;

/// <summary>
/// The method is a Lambda function. The deployment settings are for the official template writer; this stand-in reads
/// none.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public class LambdaFunctionAttribute : Attribute
{
    public string ResourceName { get; set; }

    public uint Timeout { get; set; }

    public uint MemorySize { get; set; }

    public string Role { get; set; }

    public string Policies { get; set; }

    public LambdaPackageType PackageType { get; set; }
}

public enum LambdaPackageType
{
    Zip = 0,
    Image = 1,
}
