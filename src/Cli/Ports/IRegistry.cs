namespace Jobs.Cli.Ports;

/// <summary>Amazon ECR, as far as images are pushed to it and scanned by it.</summary>
internal interface IRegistry
{
    /// <summary>Whether the repository has the image.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<bool> HasAsync(WorkerImageBuild image, CancellationToken cancellation);

    /// <summary>The password of the user AWS, for half a day.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused.</exception>
    Task<string> PasswordAsync(WorkerImageBuild image, CancellationToken cancellation);

    /// <summary>What the scan says so far; null when it has not begun.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused to say.</exception>
    Task<ImageScan?> ScanAsync(WorkerImageBuild image, CancellationToken cancellation);

    /// <summary>Gives an image that is there another tag. That it has it already is no error.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">AWS refused.</exception>
    Task TagAsync(WorkerImageBuild image, string tag, CancellationToken cancellation);
}
