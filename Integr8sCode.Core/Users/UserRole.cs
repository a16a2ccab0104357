using System.Text.Json.Serialization;

namespace Integr8sCode.Users;

/// <summary>A user sees what is their own; an admin sees everything.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<UserRole>))]
public enum UserRole { User, Admin }
