namespace Jobs.Cli.Import;

/// <summary>Where the output goes: to CloudWatch, or with FireLens elsewhere.</summary>
internal static class LoggingFields
{
    private const string RouterImage = "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable";

    public static void Add(WorkloadCode code, ManifestNode manifest)
    {
        if (manifest.Find("logging") is not { IsMap: true } logging) return;
        code.Props.Leave(
            "Logging", logging.Find("retention"),
            "All jobs keep their logs equally long: set LogRetention in Program.cs, a month by default.");
        code.Props.Leave(
            "Logging", logging.Find("env_file"),
            "The router of the logs takes no file here: name the variables in its Environment, in " +
            "AddFirelensLogRouter.");
        if (logging.Find("destination") is not { } destination)
        {
            code.Props.Leave(
                "Logging", logging,
                "Without logging.destination the output goes to CloudWatch Logs, and no router is made.");
            return;
        }

        var options = new List<(string, string)>
        {
            ("Options", CSharp.Dictionary(
                "string", [.. destination.Pairs().Select(pair => (pair.Key, CSharp.Text(pair.Value)))])),
        };
        var secrets = ContainerCode.Secrets(
            logging.Find("secretOptions"), "Log", (node, reason) => code.Props.Leave("Logging", node, reason));
        if (secrets.Count > 0) options.Add(("SecretOptions", CSharp.Dictionary("Secret", secrets)));
        code.Props.Set(
            "Logging",
            $"LogDrivers.Firelens({CSharp.Initialized("new FireLensLogDriverProps", options)})",
            "null",
            "What the destination asks for is granted to the job, such as stream.GrantWrite(job).");
        AddRouter(code.After, logging);
    }

    private static void AddRouter(Section after, ManifestNode logging)
    {
        var image = logging.Find("image")?.Text() ?? RouterImage;
        var options = new List<(string, string)>
        {
            ("EnableECSLogMetadata", CSharp.Flag(logging.Find("enableMetadata")?.Flag() ?? true)),
        };
        if (logging.Find("configFilePath") is { } file)
        {
            options.Add(("ConfigFileType", "FirelensConfigFileType.FILE"));
            options.Add(("ConfigFileValue", CSharp.Text(file.Text())));
        }

        var config = CSharp.Initialized(
            "new FirelensConfig",
            [
                ("Type", "FirelensLogRouterType.FLUENTBIT"),
                ("Options", CSharp.Initialized("new FirelensOptions", options)),
            ]);
        after.Set(
            "logging",
            $"Copilot.TaskOf(job)?.AddFirelensLogRouter(\"firelens_log_router\", {CSharp.Initialized(
                "new FirelensLogRouterDefinitionOptions",
                [("Image", $"ContainerImage.FromRegistry({CSharp.Text(image)})"), ("FirelensConfig", config)])});",
            "");
    }
}
